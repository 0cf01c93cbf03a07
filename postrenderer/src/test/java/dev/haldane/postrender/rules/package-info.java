/// Tests.
@NullMarked
package dev.haldane.postrender.rules;

import org.jspecify.annotations.NullMarked;

/// Tests.
@NullMarked
package dev.haldane.postrender.rule;

import org.jspecify.annotations.NullMarked;

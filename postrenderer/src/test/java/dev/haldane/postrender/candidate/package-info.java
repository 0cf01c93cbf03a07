/// Tests.
@NullMarked
package dev.haldane.postrender.candidate;

import org.jspecify.annotations.NullMarked;

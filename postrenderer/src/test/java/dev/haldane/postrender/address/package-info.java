/// Tests.
@NullMarked
package dev.haldane.postrender.address;

import org.jspecify.annotations.NullMarked;

/// Tests.
@NullMarked
package dev.haldane.postrender.manifest;

import org.jspecify.annotations.NullMarked;

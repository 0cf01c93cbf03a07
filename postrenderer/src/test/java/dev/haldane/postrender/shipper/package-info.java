/// Tests.
@NullMarked
package dev.haldane.postrender.shipper;

import org.jspecify.annotations.NullMarked;

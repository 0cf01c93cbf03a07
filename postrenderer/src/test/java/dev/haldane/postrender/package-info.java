/// The laws of the module's structure.
@NullMarked
package dev.haldane.postrender;

import org.jspecify.annotations.NullMarked;

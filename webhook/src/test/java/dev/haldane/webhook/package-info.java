/// The laws of the module's structure.
@NullMarked
package dev.haldane.webhook;

import org.jspecify.annotations.NullMarked;

/// The entry of the server's commands.
@NullMarked
package dev.haldane.webhook;

import org.jspecify.annotations.NullMarked;

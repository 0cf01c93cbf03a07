/// What a person sees of the demo: on a terminal a panel that changes in place below the lines that stay, elsewhere
/// lines only.
@NullMarked
package dev.haldane.webhook.demo.console;

import org.jspecify.annotations.NullMarked;

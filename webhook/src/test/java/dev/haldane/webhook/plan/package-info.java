/// `haldane plan` beside the loop: what is foretold is what is done.
@NullMarked
package dev.haldane.webhook.plan;

import org.jspecify.annotations.NullMarked;

/// What was measured and what it means. Pure.
@NullMarked
package dev.haldane.webhook.analysis;

import org.jspecify.annotations.NullMarked;

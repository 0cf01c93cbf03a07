/// What people are told.
@NullMarked
package dev.haldane.webhook.events;

import org.jspecify.annotations.NullMarked;

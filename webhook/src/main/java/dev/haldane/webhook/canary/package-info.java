/// What a user asked for and where a rollout stands: values only. Pure: `java.*` and JSpecify, nothing else.
@NullMarked
package dev.haldane.webhook.canary;

import org.jspecify.annotations.NullMarked;

/// Putting the environment repository right after a rollback.
@NullMarked
package dev.haldane.webhook.gitops;

import org.jspecify.annotations.NullMarked;

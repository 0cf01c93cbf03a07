/// `haldane serve`: the only place where adapters are made and put together. Nobody imports it but the entry and the
/// demo, which runs the same server on a cluster of its own.
@NullMarked
package dev.haldane.webhook.serve;

import org.jspecify.annotations.NullMarked;

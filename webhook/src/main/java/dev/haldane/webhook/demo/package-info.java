/// `haldane demo`: the whole story of a release without a cluster, played by the real rules and the real server.
@NullMarked
package dev.haldane.webhook.demo;

import org.jspecify.annotations.NullMarked;

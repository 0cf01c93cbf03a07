/// A cluster without machines: the embedded API server, and what makes Deployments become pods that are ready. Pods
/// are objects only; who wants to see one answer requests looks at the package `mesh`.
@NullMarked
package dev.haldane.webhook.demo.cluster;

import org.jspecify.annotations.NullMarked;

/// The adapters on a real API server, with the rights that `haldane-rbac.yaml` gives and no others.
@NullMarked
package dev.haldane.e2e.cluster;

import org.jspecify.annotations.NullMarked;

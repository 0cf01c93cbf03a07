/// The adapters on a real API server, with the rights that `charts/haldane/files/roles.yaml` gives and no others.
@NullMarked
package dev.haldane.e2e.cluster;

import org.jspecify.annotations.NullMarked;

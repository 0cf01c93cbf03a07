/// Charts and manifests as people wrote them, through the real Helm and into the real API server.
@NullMarked
package dev.haldane.e2e.corpus;

import org.jspecify.annotations.NullMarked;

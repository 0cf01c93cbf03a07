/// Addresses of registries and chart repositories, as manifests name them and as other clusters find them.
@NullMarked
package dev.haldane.postrender.address;

import org.jspecify.annotations.NullMarked;

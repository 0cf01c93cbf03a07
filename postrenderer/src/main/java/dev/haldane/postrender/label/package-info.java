/// Labels and selectors wherever Kubernetes, Istio and Prometheus' operator have them. Imports `rule` and `manifest`.
@NullMarked
package dev.haldane.postrender.label;

import org.jspecify.annotations.NullMarked;

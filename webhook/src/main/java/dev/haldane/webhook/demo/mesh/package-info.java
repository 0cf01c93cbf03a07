/// A service mesh small enough to look through: a gateway that obeys VirtualServices and Services on real requests, a
/// process for each pod that answers them, visitors who send them, and counters under Istio's names.
///
/// ```
///  Visitors ─HTTP─► Gateway ─(RouteTable)─► Backend of a pod
///                      └─► IstioMetrics ─► (Prometheus)
///  API server ─watch─► MeshView ─► RouteTable
///                      └─► Backends
/// ```
///
/// What a route means is tried on real istiod and Envoy: entry and delegate, the fallback where the delegate is
/// missing, 503 where a destination has no pods.
@NullMarked
package dev.haldane.webhook.demo.mesh;

import org.jspecify.annotations.NullMarked;

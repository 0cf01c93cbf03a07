/// A small Kubernetes API server inside the process, on loopback, without TLS: what the Kubernetes client and our own
/// adapters use, so that a whole rollout can run without a cluster.
///
/// ```
///  HTTP ─► ApiServer ─► ApiPath ─► Discovery
///                          ├──────► Reads ───────────────► ObjectStore ◄── WatchStream
///                          └──────► Writes ─► Patching      ▲
///                                     └────► Admission ─► webhooks over HTTPS
/// ```
///
/// It differs from the real one where that does not matter to a rollout, and says so here: no users and no RBAC (a
/// bearer token is taken as the user's name); objects of custom types are not checked against a schema; `limit` is
/// ignored; server-side apply knows what each manager applied last (and so removes what it no longer applies), but has
/// no `managedFields` and never conflicts; `matchConditions` of webhooks are not evaluated, because there is no CEL.
@NullMarked
package dev.haldane.webhook.demo.apiserver;

import org.jspecify.annotations.NullMarked;

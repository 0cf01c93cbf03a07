/// The door through which every driver without a hook comes: AdmissionReview v1 in, JSON Patch out, the same rules as
/// post-render. Reviews ask nobody: they answer from the object and from what watches have brought into memory. What
/// talks to the API server is in `admission.kubernetes`.
///
/// ```
///  API server ──POST /mutate──►  ReviewEndpoint ─► Mutation ─► RuleSet.admit ─► HoldLive ─► JsonPatch
///             ──POST /validate─► ReviewEndpoint ─► Validation ─► CanaryCodec, CanaryChecks
/// ```
@NullMarked
package dev.haldane.webhook.admission;

import org.jspecify.annotations.NullMarked;

/// Admission's ports on a real API server: memory from watches, the webhook configurations, the Secret with the
/// certificates, and what rules add.
@NullMarked
package dev.haldane.webhook.admission.kubernetes;

import org.jspecify.annotations.NullMarked;

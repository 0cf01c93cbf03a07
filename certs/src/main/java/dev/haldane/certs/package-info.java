/// A certificate authority of our own, a serving certificate, and when to renew either. Imports nobody of ours; Bouncy
/// Castle stands in [CertificateAuthority] and [Pem] only, and its provider is never registered.
///
/// ```
///  IdentityStore ──load──► Held ──RotationPolicy──► Keep(until) | Renew(reason)
///        ▲                                              │
///        └──save (compare and set)── CertificateAuthority.sign
///                                                       │
///                 caBundle ◄──trust── Audience ◄────────┘ serve ──► TLS listener
/// ```
@NullMarked
package dev.haldane.certs;

import org.jspecify.annotations.NullMarked;

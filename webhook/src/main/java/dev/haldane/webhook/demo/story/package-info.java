/// The story of the demo: a chart of Jenkins X is installed, promoted, and promoted again with a version that fails.
///
/// ```
///  Story ─► Pipeline ─► environment repository, chart ─► rules ─► API server
///    │                         ▲                                     ▲
///    │                         └──── HaldaneServer (the real one) ───┤
///    └─► Gauges ◄─ what is seen in cluster, mesh, Prometheus, Git ◄──┘
/// ```
///
/// Nothing here tells the server what to do or the reader what has happened: each sentence of the ending was looked
/// for and seen, or it is reported as missing.
@NullMarked
package dev.haldane.webhook.demo.story;

import org.jspecify.annotations.NullMarked;

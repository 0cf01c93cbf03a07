package dev.haldane.webhook.demo.apiserver;

/// Who wants to write, and how.
///
/// @param user    as the bearer token says
/// @param manager field manager; `""` if not told
/// @param dryRun  everything but to store it
record Intent(String user, String manager, boolean dryRun) {}

package dev.haldane.webhook.gitops;

/// One entry of `dependencies`, as a YAML parser reads it.
///
/// @param index   its place in the list
/// @param alias   `""` if it has none
/// @param version `""` if it has none
record Dependency(int index, String name, String alias, String version) {}

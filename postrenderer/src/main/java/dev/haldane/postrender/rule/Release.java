package dev.haldane.postrender.rule;

/// The Helm release that manifests belong to, as far as anybody has told us: Helm tells a post-renderer neither.
///
/// @param name      `""` if not known; rules then read it off labels
/// @param namespace `""` if not known
public record Release(String name, String namespace) {
    public static final Release UNKNOWN = new Release("", "");
}

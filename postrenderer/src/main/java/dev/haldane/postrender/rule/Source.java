package dev.haldane.postrender.rule;

/// A stream of manifests before the rules.
///
/// @param name for reports and errors, such as `<stdin>` or a file's
/// @param text of any number of documents
public record Source(String name, String text) {}

package dev.haldane.postrender.rule;

/// A stream after the rules.
///
/// @param text   with every untouched document as it came
/// @param report what was done and what was not
public record Rendering(String text, Report report) {}

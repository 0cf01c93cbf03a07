package dev.haldane.webhook.demo.story;

/// A sentence of the story that was looked for.
///
/// @param seen whether it came true
public record Check(String sentence, boolean seen) {}

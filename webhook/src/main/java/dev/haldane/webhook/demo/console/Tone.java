package dev.haldane.webhook.demo.console;

/// How a line is meant.
public enum Tone {
    PLAIN,
    QUIET,
    GOOD,
    WARNING,
    BAD
}

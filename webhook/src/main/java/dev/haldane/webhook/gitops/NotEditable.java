package dev.haldane.webhook.gitops;

/// A file is written in a way that we do not dare to edit; a person has to. Says what and in which line.
final class NotEditable extends Exception {
    private static final long serialVersionUID = 1L;

    NotEditable(String message) {
        super(message);
    }
}

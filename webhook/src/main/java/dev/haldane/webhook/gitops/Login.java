package dev.haldane.webhook.gitops;

/// Who we are to a Git host. Prints without the password.
public record Login(String username, String password) {

    @Override
    public String toString() {
        return username + ":***";
    }
}

package dev.haldane.webhook.canary;

/// Identifies one pod template by a hash of its content. Opaque: two are equal or they are not.
///
/// @param hash `""` stands for "none seen yet"
public record Revision(String hash) {

    public static final Revision NONE = new Revision("");

    public boolean known() {
        return !hash.isEmpty();
    }

    @Override
    public String toString() {
        return hash;
    }
}

package dev.haldane.certs;

/// Why a certificate is renewed.
public enum RotationReason {
    MISSING("there is none"),
    UNREADABLE("it cannot be read"),
    KEY_MISMATCH("the private key does not belong to the certificate"),
    NAMES_DIFFER("it is for other names"),
    NOT_OURS("no authority of ours has signed it"),
    NEARLY_EXPIRED("two thirds of its life are over");

    private final String sentence;

    RotationReason(String sentence) {
        this.sentence = sentence;
    }

    /// For people, to be read after "renewed: ".
    public String sentence() {
        return sentence;
    }
}

package dev.haldane.certs;

import java.util.Map;
import java.util.Optional;

/// What a store holds of one identity.
public sealed interface Held {

    record Missing() implements Held {}

    record Unreadable(String why) implements Held {}

    record Present(Identity identity) implements Held {}

    default Optional<Identity> readable() {
        return this instanceof Present(var identity) ? Optional.of(identity) : Optional.empty();
    }

    /// Reads a certificate and its key from two entries.
    static Held read(Map<String, String> entries, String certificateEntry, String keyEntry) {
        var certificate = entries.get(certificateEntry);
        var key = entries.get(keyEntry);
        if (certificate == null || key == null) {
            return new Missing();
        }
        try {
            return new Present(new Identity(Pem.key(key), Pem.certificates(certificate)));
        } catch (Pem.Unreadable e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }
}

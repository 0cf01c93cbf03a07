package dev.haldane.certs;

import java.util.List;

/// What a serving certificate should say.
///
/// @param names DNS names and IP addresses that clients call the server by, at least one
public record ServingRequest(List<String> names, Validity validity) {
    public ServingRequest {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a serving certificate needs at least one name");
        }
    }
}

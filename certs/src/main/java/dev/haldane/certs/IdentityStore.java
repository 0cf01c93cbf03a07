package dev.haldane.certs;

import java.util.Map;

/// Port: where replicas share the authority and the serving certificate. Entries are PEM texts under short names, as a
/// Secret has them.
public interface IdentityStore {

    /// @param version what [#save] compares with; `""` if nothing is stored
    record Stored(String version, Map<String, String> entries) {
        public static final Stored NOTHING = new Stored("", Map.of());

        public Stored {
            entries = Map.copyOf(entries);
        }
    }

    /// What is stored now.
    Stored load();

    /// Replaces all entries, if what is stored still has this version.
    ///
    /// @return false if somebody else was faster: load again
    boolean save(String version, Map<String, String> entries);
}

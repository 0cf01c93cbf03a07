package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.JsonPatch;
import java.util.List;

/// What we say to a request.
public sealed interface Admission {

    /// As it is.
    ///
    /// @param warnings one line each; the API server hands them to the client, kubectl and Helm print them
    record Allowed(List<String> warnings) implements Admission {
        public static final Allowed SILENTLY = new Allowed(List.of());

        public Allowed {
            warnings = List.copyOf(warnings);
        }
    }

    /// With changes.
    ///
    /// @param patch    not empty
    /// @param warnings as in [Allowed]
    record Patched(JsonPatch patch, List<String> warnings) implements Admission {
        public Patched {
            warnings = List.copyOf(warnings);
        }
    }

    /// Not at all.
    ///
    /// @param sentence field path, what was given, what is allowed
    record Denied(String sentence) implements Admission {}

    /// One word for metrics: `allowed`, `patched`, `denied`.
    default String word() {
        return switch (this) {
            case Allowed _ -> "allowed";
            case Patched _ -> "patched";
            case Denied _ -> "denied";
        };
    }
}

package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;
import java.util.List;
import java.util.Set;

/// What one object becomes. Pure: the same object among the same others gives the same answer, and the answer to that
/// is [Answer#same]. Inside a stage rules commute.
public interface Rule {

    /// Rules of a stage see what the stages before have made.
    enum Stage {
        DROP,
        UPGRADE,
        LABEL,
        CANARY,
        ROUTE,
        PREVIEW,
        OWN
    }

    /// What an object becomes.
    sealed interface Answer {
        Same SAME = new Same();

        static Answer same() {
            return SAME;
        }

        /// It stays, and there is nothing to say about it.
        record Same() implements Answer {}

        /// It stays, for a reason that its owner wants to know.
        record Refused(Reason reason, String detail) implements Answer {}

        /// Others take its place: one is a change, the first may be itself and the rest are additions, none is a drop.
        record Becomes(List<Manifest> manifests, String why) implements Answer {
            public Becomes {
                manifests = List.copyOf(manifests);
            }
        }
    }

    String id();

    /// One sentence for `haldane rules`.
    String sentence();

    Stage stage();

    default boolean onByDefault() {
        return true;
    }

    default boolean at(Door door) {
        return true;
    }

    /// The kinds that it changes or looks at; documents of other kinds need not be parsed for it. Empty: all.
    Set<String> kinds();

    Answer apply(Manifest manifest, Scene scene);
}

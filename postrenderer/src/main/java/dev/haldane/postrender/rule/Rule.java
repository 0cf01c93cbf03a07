package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one object becomes. Pure: the same object among the same others gives the same answer, and the answer to that
/// is [Answer#same]. Inside a stage rules commute.
public interface Rule {

    /// Rules of a stage see what the stages before have made.
    enum Stage {
        DROP,
        UPGRADE,
        LABEL,
        ADDRESS,
        CANARY,
        ROUTE,
        PREVIEW,
        OWN,
        SHIP
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

        /// It becomes another one, and something of it should be other still, for a reason that its owner wants to
        /// know.
        record Partly(Becomes done, Refused left) implements Answer {}

        /// What became of one object: the same, another one, and in both cases what is left that should be other.
        static Answer of(Manifest before, Manifest after, String why, Optional<Refused> left) {
            if (after.equals(before)) {
                return left.isPresent() ? left.get() : SAME;
            }
            var done = new Becomes(List.of(after), why);
            return left.isPresent() ? new Partly(done, left.get()) : done;
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

    /// Whether it looks at Helm's hooks too, which to others are no part of what runs.
    default boolean looksAtHooks() {
        return false;
    }

    /// Whether each document must hold one object: comments alone go, and lists are taken apart.
    default boolean wantsOneObjectADocument() {
        return false;
    }

    /// The kinds that it changes or looks at; documents of other kinds need not be parsed for it. Empty: all.
    Set<String> kinds();

    Answer apply(Manifest manifest, Scene scene);
}

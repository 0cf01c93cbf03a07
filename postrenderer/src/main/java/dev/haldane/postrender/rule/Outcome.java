package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;

/// What became of one object, and why.
public sealed interface Outcome {

    /// Which object, as far as its manifest says.
    record Subject(String apiVersion, String kind, String namespace, String name) {
        public static Subject of(Manifest manifest) {
            return new Subject(manifest.apiVersion(), manifest.kind(), manifest.namespace(), manifest.name());
        }

        /// `Deployment/jx-production/shop`, without the namespace where the manifest names none.
        @Override
        public String toString() {
            return kind + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
        }
    }

    Subject subject();

    /// The rule's id.
    String rule();

    /// One line for people.
    String why();

    /// One word: `changed`, `added`, `dropped`, `skipped`, `broken`.
    String verb();

    record Changed(Subject subject, String rule, String why) implements Outcome {
        @Override
        public String verb() {
            return "changed";
        }
    }

    record Added(Subject subject, String rule, String why) implements Outcome {
        @Override
        public String verb() {
            return "added";
        }
    }

    record Dropped(Subject subject, String rule, String why) implements Outcome {
        @Override
        public String verb() {
            return "dropped";
        }
    }

    /// @param detail what exactly, `""` if the reason says it all
    record Skipped(Subject subject, String rule, Reason reason, String detail) implements Outcome {
        @Override
        public String verb() {
            return "skipped";
        }

        @Override
        public String why() {
            return detail.isEmpty() ? reason.sentence() : reason.sentence() + ": " + detail;
        }
    }

    /// Something is wrong with the input; it was left as it is.
    record Broken(Subject subject, String rule, String why) implements Outcome {
        @Override
        public String verb() {
            return "broken";
        }
    }
}

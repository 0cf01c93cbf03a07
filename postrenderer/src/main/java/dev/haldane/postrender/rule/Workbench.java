package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Rule.Answer.Becomes;
import dev.haldane.postrender.rule.Rule.Answer.Partly;
import dev.haldane.postrender.rule.Rule.Answer.Refused;
import dev.haldane.postrender.rule.Rule.Answer.Same;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects under the rules, stage by stage. Hooks of Helm are not even looked at: they are no part of what runs.
public final class Workbench {
    private static final String HOOK = "helm.sh/hook";
    private static final String EVERY_KIND = "*";
    private static final String FILE_NAME = "postrenderer.helm.sh/postrender-filename";

    private final List<Rule> rules;
    private final Door door;
    private final Release release;
    private final Set<String> kinds = new HashSet<>();
    private final List<Piece> pieces = new ArrayList<>();

    /// One object on the bench.
    public static final class Piece {
        private final Manifest before;
        private final @Nullable Piece origin;
        private final List<Outcome> outcomes = new ArrayList<>();
        private @Nullable Manifest now;

        private Piece(Manifest manifest, @Nullable Piece origin) {
            this.before = manifest;
            this.now = manifest;
            this.origin = origin;
        }

        /// What it has become; empty if it was dropped.
        public Optional<Manifest> now() {
            return Optional.ofNullable(now);
        }

        public boolean isChanged() {
            return !before.equals(now);
        }

        /// Whether it bears a new mark, by which uninject will know what to take back.
        boolean isUndoable() {
            return now().stream()
                    .flatMap(manifest -> manifest.annotations().keySet().stream())
                    .anyMatch(key -> key.startsWith(Marks.PREFIX)
                            && before.annotation(key).isEmpty());
        }

        public List<Outcome> outcomes() {
            return outcomes;
        }

        /// From which object a rule derived it; empty if it was there from the start.
        public Optional<Piece> origin() {
            return Optional.ofNullable(origin);
        }
    }

    /// @param rules in the order of their stages
    public Workbench(List<Rule> rules, Door door, Release release) {
        this.rules = rules.stream().filter(rule -> rule.at(door)).toList();
        this.rules.forEach(rule -> kinds.addAll(rule.kinds().isEmpty() ? Set.of(EVERY_KIND) : rule.kinds()));
        this.door = door;
        this.release = release;
    }

    /// Whether no rule looks at objects of that kind. A list may hold any.
    public boolean ignores(String kind) {
        return !kinds.contains(EVERY_KIND) && !kinds.contains(kind) && !kind.endsWith("List");
    }

    /// The rule that wants one object in each document, if one does.
    Optional<Rule> wantingOneObjectADocument() {
        return rules.stream().filter(Rule::wantsOneObjectADocument).findFirst();
    }

    public Piece put(Manifest manifest) {
        var piece = new Piece(manifest, null);
        pieces.add(piece);
        return piece;
    }

    /// All pieces, those that rules have added last.
    public List<Piece> pieces() {
        return pieces;
    }

    /// The pieces that rules have added.
    public List<Piece> added() {
        return pieces.stream().filter(piece -> piece.origin != null).toList();
    }

    public void run() {
        run(pieces);
    }

    /// Lets the rules act on one piece among the others.
    public void run(Piece only) {
        run(List.of(only));
    }

    private void run(List<Piece> subjects) {
        for (Rule.Stage stage : Rule.Stage.values()) {
            var ofStage = rules.stream().filter(rule -> rule.stage() == stage).toList();
            if (!ofStage.isEmpty()) {
                var scene = new Scene(bundle(), release, door);
                for (Piece piece : List.copyOf(subjects)) {
                    ofStage.forEach(rule -> apply(rule, piece, scene));
                }
            }
        }
    }

    private Bundle bundle() {
        var present = new ArrayList<Manifest>();
        for (Piece piece : pieces) {
            if (piece.now != null && !isHook(piece.now)) {
                present.add(piece.now);
            }
        }
        return Bundle.of(present, release.namespace());
    }

    private void apply(Rule rule, Piece piece, Scene scene) {
        var manifest = piece.now;
        if (manifest == null || (isHook(manifest) && !rule.looksAtHooks())) {
            return;
        }
        switch (rule.apply(manifest, scene)) {
            case Same _ -> {}
            case Refused refused -> refuse(rule, piece, manifest, refused);
            case Becomes(var manifests, var why) -> become(rule, piece, manifests, why);
            case Partly(var done, var left) -> {
                become(rule, piece, done.manifests(), done.why());
                refuse(rule, piece, manifest, left);
            }
        }
    }

    private static void refuse(Rule rule, Piece piece, Manifest manifest, Refused refused) {
        var subject = Outcome.Subject.of(manifest);
        piece.outcomes.add(new Outcome.Skipped(subject, rule.id(), refused.reason(), refused.detail()));
    }

    private void become(Rule rule, Piece piece, List<Manifest> manifests, String why) {
        var subject = Outcome.Subject.of(piece.before);
        if (manifests.isEmpty()) {
            piece.outcomes.add(new Outcome.Dropped(subject, rule.id(), why));
            piece.now = null;
            return;
        }
        if (!manifests.getFirst().equals(piece.now)) {
            piece.outcomes.add(new Outcome.Changed(subject, rule.id(), why));
            piece.now = manifests.getFirst();
        }
        for (Manifest manifest : manifests.subList(1, manifests.size())) {
            var added = new Piece(withFileName(manifest, piece), piece);
            added.outcomes.add(new Outcome.Added(Outcome.Subject.of(manifest), rule.id(), why));
            pieces.add(added);
        }
    }

    /// Helm 4 puts each document back into the file that this annotation names.
    private static Manifest withFileName(Manifest manifest, Piece origin) {
        return origin.before
                .annotation(FILE_NAME)
                .map(file -> manifest.withAnnotation(FILE_NAME, file))
                .orElse(manifest);
    }

    static boolean isHook(Manifest manifest) {
        return manifest.annotation(HOOK).isPresent();
    }
}

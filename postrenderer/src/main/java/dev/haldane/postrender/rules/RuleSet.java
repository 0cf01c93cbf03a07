package dev.haldane.postrender.rules;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Rewriter;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Source;
import dev.haldane.postrender.rule.Workbench;
import dev.haldane.postrender.rule.Workbench.Piece;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The rules that are on, in order, and the doors through which objects reach them: [#rewrite] for text, [#admit] and
/// [#derive] for objects that the API server has in its hand.
public final class RuleSet {
    private final List<Rule> rules;

    RuleSet(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// Every rule there is, on or off, in order. An explicit list: nothing is looked up when a process starts.
    public static List<Rule> all(RolloutDefaults defaults) {
        var routing = new InjectVirtualService(defaults);
        return List.of(
                new DropRelease(),
                new DropReleaseCrd(),
                new UpgradeCanary(),
                new Modernise(),
                new FixAppLabel(),
                new PublicUrls(defaults),
                new InjectCanary(
                        defaults, isOn(routing, defaults) && !defaults.routing().weighted()),
                routing,
                new PreviewTraffic(defaults),
                new OwnFields(),
                new CoverPrimary(),
                new Shipper());
    }

    /// The rules that `defaults` switches on, or that are on where it says nothing.
    public static RuleSet of(RolloutDefaults defaults) {
        var all = all(defaults);
        for (String id : defaults.rules().keySet()) {
            if (all.stream().noneMatch(rule -> rule.id().equals(id))) {
                throw UserError.usage(
                        "unknown rule '" + id + "'",
                        "the rules are "
                                + String.join(", ", all.stream().map(Rule::id).toList()));
            }
        }
        contradictions(defaults.rules()).forEach((id, problem) -> {
            throw UserError.usage(problem, "Leave out rules." + id + ", or rules.shipper.");
        });
        return new RuleSet(all.stream().filter(rule -> isOn(rule, defaults)).toList());
    }

    /// Rules that are switched so that they do not go together: id → what is wrong.
    public static SequencedMap<String, String> contradictions(Map<String, Boolean> rules) {
        return ShipperMode.contradictions(rules);
    }

    private static boolean isOn(Rule rule, RolloutDefaults defaults) {
        return ShipperMode.applied(defaults.rules()).getOrDefault(rule.id(), rule.onByDefault());
    }

    public List<Rule> rules() {
        return rules;
    }

    /// A stream of manifests after the rules, at the post-render door.
    ///
    /// @param sourceName for the report and errors, such as `<stdin>`
    public Rendering rewrite(String stream, String sourceName, Release release) {
        return rewrite(List.of(new Source(sourceName, stream)), Door.POST_RENDER, release)
                .getFirst();
    }

    /// Several streams that belong together, such as the files of a directory: one rendering each, in their order.
    /// What is derived from an object stands at the end of the stream that the object is in.
    public List<Rendering> rewrite(List<Source> streams, Door door, Release release) {
        return new Rewriter(new Workbench(rules, door, release)).rewrite(streams);
    }

    /// What the rules make of one object at admission, where nothing can be added or dropped.
    ///
    /// @param around the other objects of its namespace
    public Manifest admit(Manifest object, Bundle around, Release release) {
        var bench = new Workbench(rules, Door.ADMISSION, release);
        around.all().stream().filter(other -> !isSameObject(other, object)).forEach(bench::put);
        var piece = bench.put(object);
        bench.run(piece);
        return piece.now().filter(after -> isSameObject(after, object)).orElse(object);
    }

    /// What the rules add for the objects of a namespace: Canary, VirtualService entry. Nothing that is there already.
    public List<Manifest> derive(Bundle namespace, Release release) {
        var bench = new Workbench(rules, Door.ADMISSION, release);
        namespace.all().forEach(bench::put);
        bench.run();
        return bench.added().stream().map(Piece::now).flatMap(Optional::stream).toList();
    }

    private static boolean isSameObject(Manifest one, Manifest other) {
        return one.is(other.group(), other.kind())
                && one.name().equals(other.name())
                && one.namespace().equals(other.namespace());
    }
}

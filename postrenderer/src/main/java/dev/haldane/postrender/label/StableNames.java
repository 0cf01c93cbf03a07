package dev.haldane.postrender.label;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Release;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which label values hold the name of the Helm release, and what they are without it.
///
/// @param release `""` if nobody has told it, or if several releases are in one stream
/// @param renamed value → value without the release's name
/// @param taken   values that must stay, because another one would become the same
public record StableNames(String release, Map<String, String> renamed, Set<String> taken) {

    private static final StableNames NONE = new StableNames("", Map.of(), Set.of());

    public static StableNames of(Bundle bundle, Release release) {
        return bundle.once(StableNames.class, () -> read(bundle, release));
    }

    private static StableNames read(Bundle bundle, Release release) {
        var name = release.name().isEmpty() ? readOff(bundle).orElse("") : release.name();
        if (name.isEmpty()) {
            return NONE;
        }
        // What is only selected may be another release's.
        var carried = new TreeSet<String>();
        var stable = new HashSet<String>();
        for (Manifest manifest : bundle.all()) {
            carried.addAll(LabelRewrite.carriedBy(manifest));
            stable.addAll(LabelRewrite.valuesIn(manifest));
        }
        var renamed = new TreeMap<String, String>();
        var taken = new TreeSet<String>();
        for (String value : carried) {
            var without = without(value, name);
            if (!without.equals(value) && !without.equals(name)) {
                if (stable.add(without)) {
                    renamed.put(value, without);
                } else {
                    taken.add(value);
                }
            }
        }
        return new StableNames(name, renamed, taken);
    }

    /// The release's name, where all objects that say one say the same.
    private static Optional<String> readOff(Bundle bundle) {
        var said = new HashSet<String>();
        Stream.<Function<Manifest, Optional<String>>>of(
                        manifest -> manifest.text("metadata", "labels", "release"),
                        manifest -> manifest.text("metadata", "labels", "app.kubernetes.io/instance"),
                        manifest -> manifest.annotation("meta.helm.sh/release-name"))
                .forEach(place ->
                        bundle.all().forEach(manifest -> place.apply(manifest).ifPresent(said::add)));
        return said.size() == 1 ? said.stream().findFirst() : Optional.empty();
    }

    /// `jx-production-shop` of release `jx-production` is `shop`; only whole words between dashes count.
    public static String without(String value, String release) {
        if (value.startsWith(release + "-")) {
            return value.substring(release.length() + 1);
        } else if (value.endsWith("-" + release)) {
            return value.substring(0, value.length() - release.length() - 1);
        }
        int within = value.indexOf("-" + release + "-");
        return within < 0 ? value : value.substring(0, within) + value.substring(within + release.length() + 1);
    }
}

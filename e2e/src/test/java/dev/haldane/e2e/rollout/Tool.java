package dev.haldane.e2e.rollout;

import dev.haldane.e2e.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A program that people deploy with.
///
/// @param name  the command, for people
/// @param apply deploys a version, for the first time or again
record Tool(String name, BiFunction<Croc, Version, Program> apply) {

    /// Helm renders for kubectl too.
    static List<Tool> all(Helm helm3, Helm helm4) {
        return List.of(
                new Tool("helm upgrade (3)", (croc, version) -> croc.deploy(helm3, version)),
                new Tool("helm upgrade (4)", (croc, version) -> croc.deploy(helm4, version)),
                kubectl(helm3, "apply"),
                kubectl(helm3, "apply", "--server-side"),
                kubectl(helm3, "apply", "--server-side", "--force-conflicts"));
    }

    private static Tool kubectl(Helm helm, String... words) {
        return new Tool("kubectl " + String.join(" ", words), (croc, version) -> {
            var all = new ArrayList<>(List.of(words));
            all.addAll(List.of("-f", "-"));
            return croc.kubectlWith(
                    helm.template(croc.namespace(), version, croc.defaults()), all.toArray(String[]::new));
        });
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.haldane.postrender.cli;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rules.RuleSet;
import java.util.stream.Collectors;

/// `haldane rules`: a rule a line, with whether it is on under the configuration that was given.
final class ListRules {

    private ListRules() {}

    static String text(RolloutDefaults defaults) {
        var on = RuleSet.of(defaults).rules().stream().map(Rule::id).toList();
        var all = RuleSet.all(defaults);
        int width = all.stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        return all.stream()
                .map(rule -> rule.id() + " ".repeat(width + 2 - rule.id().length())
                        + (on.contains(rule.id()) ? "on   " : "off  ") + rule.sentence() + "\n")
                .collect(Collectors.joining());
    }
}

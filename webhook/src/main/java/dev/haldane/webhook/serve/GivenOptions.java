package dev.haldane.webhook.serve;

import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.config.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Options as they were given, by word or by environment variable: `--http-listen` is `HALDANE_HTTP_LISTEN`. The last
/// word counts; `--set` may be repeated, and its variable has one setting in each line.
record GivenOptions(Map<String, List<String>> words, Map<String, String> environment) {

    private static final String REPEATED = "--set";
    private static final List<String> KNOWN = List.of(
            "--kubeconfig",
            "--webhook-url",
            "--listen",
            "--http-listen",
            "--metrics-server",
            "--namespace",
            "--outbound-hosts",
            "--config",
            REPEATED);

    static GivenOptions parse(List<String> words, Map<String, String> environment) {
        var values = new HashMap<String, List<String>>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            var equals = word.indexOf('=');
            var option = known(word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word);
            if (equals < 0 && !rest.hasNext()) {
                throw UserError.usage(option + " needs a value", "See `haldane serve --help`.");
            }
            var value = equals < 0 ? rest.next() : word.substring(equals + 1);
            values.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
        }
        return new GivenOptions(values, environment);
    }

    private static String known(String spelling) {
        var option = spelling.equals("-n") ? "--namespace" : spelling;
        if (!option.startsWith("-")) {
            throw UserError.usage("`haldane serve` takes no '" + option + "'", "See `haldane serve --help`.");
        }
        if (!KNOWN.contains(option)) {
            throw UserError.usage("unknown option '" + option + "' of `haldane serve`", Nearest.remedy(option, KNOWN));
        }
        return option;
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(words.get(option))
                .map(List::getLast)
                .or(() -> Optional.ofNullable(environment.get(variable(option))).filter(text -> !text.isEmpty()));
    }

    List<String> all(String option) {
        return words.containsKey(option)
                ? words.get(option)
                : value(option).map(text -> text.lines().toList()).orElse(List.of());
    }

    /// What to call the option in a message: as it was given.
    String name(String option) {
        return !words.containsKey(option) && environment.containsKey(variable(option)) ? variable(option) : option;
    }

    private static String variable(String option) {
        return "HALDANE_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

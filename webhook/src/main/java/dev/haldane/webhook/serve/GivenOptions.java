package dev.haldane.webhook.serve;

import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.config.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Options as they were given, by word or by environment variable: `--http-listen` is `HALDANE_HTTP_LISTEN`. The last
/// word counts; where one may be repeated, its variable has one value in each line.
public record GivenOptions(Map<String, List<String>> words, Map<String, String> environment) {

    /// What a command understands.
    ///
    /// @param command  its name, for messages
    /// @param valued   options that have a value
    /// @param switches options that have none
    public record Known(String command, List<String> valued, List<String> switches) {
        public Known {
            valued = List.copyOf(valued);
            switches = List.copyOf(switches);
        }

        private String option(String spelling) {
            var option = spelling.equals("-n") ? "--namespace" : spelling;
            var all = Stream.concat(valued.stream(), switches.stream()).toList();
            if (!option.startsWith("-")) {
                throw UserError.usage("`haldane " + command + "` takes no '" + option + "'", help());
            }
            if (!all.contains(option)) {
                throw UserError.usage(
                        "unknown option '" + option + "' of `haldane " + command + "`", Nearest.remedy(option, all));
            }
            return option;
        }

        private String help() {
            return "See `haldane " + command + " --help`.";
        }
    }

    /// @param environment variables that may stand for options; empty where none does
    /// @throws UserError that names the option that is unknown, or lacks its value
    public static GivenOptions parse(Known known, List<String> words, Map<String, String> environment) {
        var values = new HashMap<String, List<String>>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            var equals = word.indexOf('=');
            var option = known.option(word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word);
            if (known.switches().contains(option)) {
                if (equals >= 0) {
                    throw UserError.usage(option + " takes no value", known.help());
                }
                values.put(option, List.of("true"));
                continue;
            }
            if (equals < 0 && !rest.hasNext()) {
                throw UserError.usage(option + " needs a value", known.help());
            }
            var value = equals < 0 ? rest.next() : word.substring(equals + 1);
            values.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
        }
        return new GivenOptions(values, environment);
    }

    /// Whether a switch was given.
    public boolean has(String option) {
        return words.containsKey(option);
    }

    /// @return empty if it was not given, or is an empty variable
    public Optional<String> value(String option) {
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

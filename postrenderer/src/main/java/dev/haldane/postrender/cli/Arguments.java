package dev.haldane.postrender.cli;

import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.config.UserError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of a command line, sorted into options and operands and checked against the command table.
///
/// @param values   what was given for each option, in order; a switch has `""`
/// @param operands what is no option
record Arguments(Command command, Map<Option, List<String>> values, List<String> operands) {

    /// @param words what follows the command's own word
    static Arguments parse(Command command, List<String> words) {
        var values = new EnumMap<Option, List<String>>(Option.class);
        var operands = new ArrayList<String>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(operands::add);
            } else if (word.startsWith("-") && word.length() > 1) {
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                String spelling = equals < 0 ? word : word.substring(0, equals);
                Option option = option(command, spelling);
                String value = equals < 0 ? following(option, rest) : attached(option, word.substring(equals + 1));
                values.computeIfAbsent(option, _ -> new ArrayList<>()).add(checked(option, value));
            } else {
                operands.add(word);
            }
        }
        return new Arguments(command, values, List.copyOf(operands));
    }

    boolean has(Option option) {
        return values.containsKey(option);
    }

    /// The last one counts, as with Helm's own flags.
    Optional<String> value(Option option) {
        return Optional.ofNullable(values.get(option)).map(List::getLast);
    }

    List<String> all(Option option) {
        return values.getOrDefault(option, List.of());
    }

    /// For commands that take none.
    void refuseOperands() {
        if (!operands.isEmpty()) {
            throw UserError.usage(
                    "`haldane " + command.word() + "` takes no '" + operands.getFirst() + "'",
                    "See `haldane " + command.word() + " --help`.");
        }
    }

    private static Option option(Command command, String spelling) {
        return command.options().stream()
                .filter(o -> o.spelling().equals(spelling) || o.shortSpelling().equals(spelling))
                .findFirst()
                .orElseThrow(() -> UserError.usage(
                        "unknown option '" + spelling + "' of `haldane " + command.word() + "`",
                        Nearest.remedy(
                                spelling,
                                command.options().stream().map(Option::spelling).toList())));
    }

    private static String following(Option option, Iterator<String> rest) {
        if (option.isSwitch()) {
            return "";
        }
        if (!rest.hasNext()) {
            throw UserError.usage(option.spelling() + " needs a value", option.spelling() + " " + option.form());
        }
        return rest.next();
    }

    private static String attached(Option option, String value) {
        if (option.isSwitch()) {
            throw UserError.usage(
                    option.spelling() + " takes no value, but has '" + value + "'",
                    "Write " + option.spelling() + " alone.");
        }
        return value;
    }

    private static String checked(Option option, String value) {
        if (!option.choices().isEmpty() && !option.choices().contains(value)) {
            throw UserError.usage(
                    option.spelling() + " cannot be '" + value + "'", Nearest.remedy(value, option.choices()));
        }
        return value;
    }
}

package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Surroundings.Stream;

/// Colours for a terminal, or none.
record Paint(boolean on) {
    private static final String RED = "\u001B[31m";
    private static final String GREEN = "\u001B[32m";
    private static final String YELLOW = "\u001B[33m";
    private static final String CYAN = "\u001B[36m";
    private static final String PLAIN = "\u001B[0m";

    /// `--color`, and where it leaves the choice: on a terminal, unless [NO_COLOR](https://no-color.org) says no.
    static Paint on(Stream stream, Arguments arguments, Surroundings around) {
        return switch (arguments.value(Option.COLOR).orElse("auto")) {
            case "always" -> new Paint(true);
            case "never" -> new Paint(false);
            default ->
                new Paint(around.terminals().contains(stream)
                        && around.variable("NO_COLOR").isEmpty()
                        && around.variable("TERM").filter("dumb"::equals).isEmpty());
        };
    }

    /// The first word of each line of a report, by what it means.
    String report(String text) {
        if (!on) {
            return text;
        }
        var out = new StringBuilder();
        for (String line : text.lines().toList()) {
            int end = line.indexOf(' ');
            String colour = end < 0 ? "" : ofVerb(line.substring(0, end));
            out.append(colour.isEmpty() ? line : colour + line.substring(0, end) + PLAIN + line.substring(end))
                    .append('\n');
        }
        return out.toString();
    }

    /// Lines that go and lines that come.
    String diff(String text) {
        if (!on) {
            return text;
        }
        var out = new StringBuilder();
        text.lines().forEach(line -> {
            String colour =
                    line.startsWith("-") ? RED : line.startsWith("+") ? GREEN : line.startsWith("@") ? CYAN : "";
            out.append(colour)
                    .append(line)
                    .append(colour.isEmpty() ? "" : PLAIN)
                    .append('\n');
        });
        return out.toString();
    }

    private static String ofVerb(String verb) {
        return switch (verb) {
            case "added" -> GREEN;
            case "changed" -> CYAN;
            case "dropped", "skipped" -> YELLOW;
            case "broken" -> RED;
            default -> "";
        };
    }
}

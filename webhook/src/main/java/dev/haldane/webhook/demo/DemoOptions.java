package dev.haldane.webhook.demo;

import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.serve.GivenOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `haldane demo` was told.
///
/// @param failRate   share of requests that the last version answers with 500, 0 to 1
/// @param realTime   the article's minutes instead of seconds
/// @param plain      lines only, also on a terminal
/// @param real       on a real API server
/// @param kubeconfig of that; empty: one is started from `KUBEBUILDER_ASSETS`
/// @param colors     `auto`, `always` or `never`
record DemoOptions(
        double failRate, boolean realTime, boolean plain, boolean real, Optional<Path> kubeconfig, String colors) {

    private static final GivenOptions.Known KNOWN = new GivenOptions.Known(
            "demo",
            List.of("--fail-rate", "--control-plane", "--kubeconfig", "--color"),
            List.of("--real-time", "--yes"));

    /// The bad version of the story, if nobody says otherwise.
    private static final String USUAL_FAIL_RATE = "0.3";

    /// @throws UserError that names the option, what it has and what would be right
    static DemoOptions parse(List<String> words) {
        var given = GivenOptions.parse(KNOWN, words, Map.of());
        var plane = choice(given, "--control-plane", List.of("embedded", "real"));
        var kubeconfig = given.value("--kubeconfig").map(DemoOptions::existing);
        if (kubeconfig.isPresent() && !plane.equals("real")) {
            throw UserError.usage(
                    "--kubeconfig: the embedded API server has none", "--control-plane real --kubeconfig FILE");
        }
        return new DemoOptions(
                failRate(given.value("--fail-rate").orElse(USUAL_FAIL_RATE)),
                given.has("--real-time"),
                given.has("--yes"),
                plane.equals("real"),
                kubeconfig,
                choice(given, "--color", List.of("auto", "always", "never")));
    }

    /// The first one is the default.
    private static String choice(GivenOptions given, String option, List<String> choices) {
        var value = given.value(option).orElse(choices.getFirst());
        if (!choices.contains(value)) {
            throw UserError.usage(option + ": '" + value + "' is none of its values", String.join(", ", choices));
        }
        return value;
    }

    private static double failRate(String text) {
        try {
            var rate = Double.parseDouble(text);
            if (rate >= 0 && rate <= 1) {
                return rate;
            }
        } catch (NumberFormatException _) {
            // The message below says what would be right.
        }
        throw UserError.usage("--fail-rate: '" + text + "' is no share", "a number from 0 to 1, such as 0.3");
    }

    private static Path existing(String file) {
        var path = Path.of(file);
        if (!Files.isReadable(path)) {
            throw UserError.usage("--kubeconfig: " + file + " cannot be read", "It names a kubeconfig file.");
        }
        return path;
    }
}

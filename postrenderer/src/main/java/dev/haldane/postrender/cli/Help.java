package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Command.Home;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Help texts, made from the command table.
final class Help {

    private static final String EXIT_CODES = """
            Exit codes: 0 done; 1 could not write, or a fault of ours; 2 bad usage or configuration;
            3 input not readable (nothing on stdout); 4 refused by --strict.
            """;

    private Help() {}

    static String overview() {
        return """
        haldane: canary releases for Helm charts that were never written for them

        Usage: helm upgrade … --post-renderer haldane      (Helm 4: the plugin of that name)
               haldane COMMAND [OPTION]… [PATH]…
               haldane < manifests                         (the same as `haldane post-render`)

        Commands:
        %s
        `haldane COMMAND --help` shows a command's options. `kubectl haldane …` is the same
        where this program is on PATH as kubectl-haldane.
        %s""".formatted(table(commands()), EXIT_CODES);
    }

    static String of(Command command) {
        String usage = ("haldane " + command.word() + " [OPTION]… " + command.operands()).strip();
        return """
        %s
        %s
        Usage: %s

        Options:
        %s""".formatted(
                        "haldane " + command.word() + ": " + command.sentence(),
                        details(command),
                        usage,
                        table(command.options().stream().map(Help::row).toList()));
    }

    private static String details(Command command) {
        return switch (command) {
            case POST_RENDER -> """
                A document that no rule touches leaves byte for byte. The report is on stderr, which Helm
                hides when all is well (Helm 4 always): `haldane report` shows the last one.
                Helm does not remember the flag: an upgrade without --post-renderer takes the Canary away.
                Nor does it tell names: --release and --namespace do, where labels do not. Helm 3 passes
                nothing through it with `template --output-dir`: use `haldane inject DIR` on the result.
                """ + EXIT_CODES;
            case INJECT, UNINJECT -> "All files are written, or none.\n" + EXIT_CODES;
            case PLAN -> """
                A chart is rendered by the `helm` on PATH (else without it) with its own values; then the rules
                are applied as post-render does, and each Canary that is there is planned. Nothing is written.
                --report json prints the plans as JSON.
                """ + EXIT_CODES;
            case SERVE -> """
                Each option is also an environment variable: --http-listen is HALDANE_HTTP_LISTEN.
                In a cluster it needs none.
                """;
            case COMPLETION -> """
                bash: source <(haldane completion bash)
                zsh:  source <(haldane completion zsh)
                fish: haldane completion fish | source
                """;
            default -> command.home() == Home.LATER ? "A later release brings this command.\n" : "";
        };
    }

    private static List<List<String>> commands() {
        return Arrays.stream(Command.values())
                .map(c -> List.of(
                        (c.word() + " " + c.operands()).strip(),
                        c.sentence() + (c.home() == Home.LATER ? " (in a later release)" : "")))
                .toList();
    }

    private static List<String> row(Option option) {
        String prefix = option.shortSpelling().isEmpty() ? "" : option.shortSpelling() + ", ";
        return List.of(prefix + (option.spelling() + " " + option.form()).strip(), option.sentence());
    }

    private static String table(List<List<String>> rows) {
        int width = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        return rows.stream()
                .map(row -> "  " + row.getFirst()
                        + " ".repeat(width - row.getFirst().length() + 2) + row.getLast())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}

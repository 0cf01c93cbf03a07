package dev.haldane.postrender.cli;

import static dev.haldane.postrender.cli.Option.*;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The command table: one line a command, from which arguments, help and completion are made.
enum Command {
    POST_RENDER(
            "post-render",
            Home.HERE,
            "< manifests",
            "manifests on stdin, the same with canary releases on stdout",
            rules(REPORT_FILE, DIFF)),
    INJECT(
            "inject",
            Home.HERE,
            "PATH…|-",
            "edit a chart, a manifest file or a directory of manifests in place; - is stdin to stdout",
            rules(DRY_RUN, DIFF, CHECK)),
    UNINJECT("uninject", Home.HERE, "PATH…|-", "take out exactly what inject has put in", rules(DRY_RUN, DIFF, CHECK)),
    PLAN(
            "plan",
            Home.HERE,
            "PATH|-",
            "what a rollout will do, minute by minute, and how much traffic it needs",
            rules(REQUESTS_PER_MINUTE)),
    RULES("rules", Home.HERE, "", "every rule: id, on or off, and one sentence", CONFIG, SET),
    REPORT("report", Home.HERE, "", "what the last run did and why", Option.REPORT, REPORT_FILE, SCHEMA, COLOR),
    SYNC("sync", Home.LATER, "REPOSITORY", "clone, inject, commit, and push or open a pull request"),
    SERVE(
            "serve",
            Home.SERVER,
            "",
            "webhook, rollout loop and Git write-back in one process",
            KUBECONFIG,
            WEBHOOK_URL,
            LISTEN,
            HTTP_LISTEN,
            METRICS_SERVER,
            OWN_NAMESPACE,
            OUTBOUND_HOSTS,
            CONFIG,
            SET),
    DEMO(
            "demo",
            Home.SERVER,
            "",
            "the whole story on an embedded API server: no cluster, no Docker, no network",
            FAIL_RATE,
            REAL_TIME,
            YES,
            CONTROL_PLANE,
            KUBECONFIG,
            COLOR),
    DOCTOR("doctor", Home.SERVER, "", "look at a cluster and say what to mend", KUBECONFIG, OWN_NAMESPACE),
    STATUS("status", Home.LATER, "NAME", "where the rollout of a Canary stands", OF_NAMESPACE),
    WATCH("watch", Home.LATER, "NAME", "follow the rollout of a Canary", OF_NAMESPACE),
    PAUSE("pause", Home.LATER, "NAME", "hold the rollout of a Canary where it is", OF_NAMESPACE),
    RESUME("resume", Home.LATER, "NAME", "let it go on", OF_NAMESPACE),
    PROMOTE("promote", Home.LATER, "NAME", "promote without waiting for the analysis", OF_NAMESPACE),
    ABORT("abort", Home.LATER, "NAME", "roll back now", OF_NAMESPACE),
    RETRY("retry", Home.LATER, "NAME", "run the analysis of a failed revision again", OF_NAMESPACE),
    HISTORY("history", Home.LATER, "NAME", "past rollouts of a Canary and their verdicts", OF_NAMESPACE),
    WAIT("wait", Home.LATER, "NAME", "until the rollout has ended; the exit code is its verdict", OF_NAMESPACE),
    VERSION("version", Home.HERE, "", "version and build"),
    COMPLETION("completion", Home.HERE, "bash|zsh|fish", "completion script for a shell"),
    HELP("help", Home.HERE, "[COMMAND]", "this overview, or the options of one command");

    /// Where a command runs.
    enum Home {
        /// in this process
        HERE,
        /// in the server's, which the launcher starts
        SERVER,
        /// nowhere yet
        LATER
    }

    private final String word;
    private final Home home;
    private final String operands;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of enum constants
    private final List<Option> options;

    Command(String word, Home home, String operands, String sentence, Option... options) {
        this.word = word;
        this.home = home;
        this.operands = operands;
        this.sentence = sentence;
        this.options =
                Stream.concat(Arrays.stream(options), Stream.of(Option.HELP)).toList();
    }

    static Optional<Command> named(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Command::word).toList();
    }

    String word() {
        return word;
    }

    Home home() {
        return home;
    }

    /// What may stand beside the options, as in the usage line; `""`: nothing.
    String operands() {
        return operands;
    }

    String sentence() {
        return sentence;
    }

    /// Whether `haldane report` shows what a run of it did.
    boolean leavesReport() {
        return this == POST_RENDER || this == INJECT || this == UNINJECT;
    }

    List<Option> options() {
        return options;
    }

    private static Option[] rules(Option... own) {
        var common = Stream.of(CONFIG, SET, Option.REPORT, STRICT, COLOR, RELEASE, NAMESPACE);
        return Stream.concat(common, Arrays.stream(own)).toArray(Option[]::new);
    }
}

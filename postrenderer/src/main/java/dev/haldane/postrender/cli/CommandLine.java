package dev.haldane.postrender.cli;

import dev.haldane.postrender.cli.Command.Home;
import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One call of `haldane`: finds the command, runs it, and is the only place where an error becomes lines and an exit
/// code.
final class CommandLine {

    private static final int FAULT = 1;
    private static final int USAGE = 2;
    private static final int INPUT = 3;

    private final Surroundings around;
    private Optional<Journal> journal = Optional.empty();

    private CommandLine(Surroundings around) {
        this.around = around;
    }

    /// @return the exit code
    static int run(List<String> words, Surroundings around) {
        var line = new CommandLine(around);
        try {
            return line.dispatch(words);
        } catch (UserError e) {
            return line.fail(e.exitCode(), e.problem(), e.remedy(), e);
        } catch (IOException e) {
            return line.fail(FAULT, "cannot read or write: " + e, "", e);
        } catch (OutOfMemoryError e) {
            long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
            return line.fail(
                    INPUT, "the input is too large for " + mebibytes + " MiB of memory", "Nothing was written.", e);
        } catch (RuntimeException | StackOverflowError e) {
            return line.fail(FAULT, "a fault of haldane itself: " + e, fault(), e);
        }
    }

    private int dispatch(List<String> words) throws IOException {
        if (words.isEmpty() && around.terminals().contains(Surroundings.Stream.IN)) {
            return print(Help.overview());
        }
        if (words.isEmpty() || isOption(words.getFirst())) {
            return withoutCommand(words);
        }
        String word = words.getFirst();
        Command command = Command.named(word)
                .orElseThrow(
                        () -> UserError.usage("unknown command '" + word + "'", Nearest.remedy(word, Command.words())));
        return run(command, words.subList(1, words.size()));
    }

    private int withoutCommand(List<String> words) throws IOException {
        if (words.contains("--help") || words.contains("-h")) {
            return print(Help.overview());
        }
        return words.equals(List.of("--version")) ? run(Command.VERSION, List.of()) : run(Command.POST_RENDER, words);
    }

    private int run(Command command, List<String> words) throws IOException {
        if (asksForHelp(words)) {
            return print(Help.of(command));
        }
        if (command.home() == Home.LATER) {
            return later(command);
        }
        if (command.home() == Home.SERVER) {
            throw UserError.usage(
                    "`haldane " + command.word() + "` needs the server, and this is the part without it",
                    "A release's archive holds the post-renderer alone. The launcher `./haldane` at the top of the sources"
                            + " builds the server and starts it.");
        }
        if (command.leavesReport()) {
            journal = Optional.of(new Journal(new Arguments(command, Map.of(), List.of()), around));
        }
        var arguments = Arguments.parse(command, words);
        var named = new Journal(arguments, around);
        journal = journal.map(_ -> named);
        return runHere(arguments, named);
    }

    private int runHere(Arguments arguments, Journal named) throws IOException {
        switch (arguments.command()) {
            case POST_RENDER -> new PostRender(arguments, around, named).run();
            case INJECT, UNINJECT -> new Inject(arguments, around, named).run();
            case PLAN -> new PlanRollouts(arguments, around).run();
            case RULES -> print(ListRules.text(PostRender.defaults(arguments, around)));
            case REPORT -> print(LastReport.text(arguments, around));
            case VERSION -> print(BuildId.read() + "\n");
            case COMPLETION -> print(completion(arguments));
            case HELP -> print(help(arguments.operands()));
            default -> throw new IllegalStateException("no code for " + arguments.command());
        }
        return 0;
    }

    private static String completion(Arguments arguments) {
        List<String> shells = List.of("bash", "zsh", "fish");
        String shell = arguments.operands().size() == 1 ? arguments.operands().getFirst() : "";
        return switch (shell) {
            case "bash" -> Completion.bash();
            case "zsh" -> Completion.zsh();
            case "fish" -> Completion.fish();
            case "" -> throw UserError.usage("for which shell?", "haldane completion bash|zsh|fish");
            default -> throw UserError.usage("no completion for '" + shell + "'", Nearest.remedy(shell, shells));
        };
    }

    private static String help(List<String> operands) {
        if (operands.isEmpty()) {
            return Help.overview();
        }
        String word = operands.getFirst();
        return Command.named(word)
                .map(Help::of)
                .orElseThrow(
                        () -> UserError.usage("unknown command '" + word + "'", Nearest.remedy(word, Command.words())));
    }

    private int later(Command command) {
        String now = Arrays.stream(Command.values())
                .filter(c -> c.home() != Home.LATER)
                .map(Command::word)
                .collect(Collectors.joining(", "));
        around.err().println("haldane: a later release brings `" + command.word() + "`; this one has " + now);
        return USAGE;
    }

    private int print(String text) throws IOException {
        around.answer(text);
        return 0;
    }

    private int fail(int exitCode, String problem, String remedy, Throwable cause) {
        String lines = "haldane: " + problem + (remedy.isEmpty() ? "" : "\n  " + remedy);
        around.err().print(journal.map(j -> j.fail(exitCode, lines)).orElse(lines + "\n"));
        if (around.variable("HALDANE_DEBUG").isPresent()) {
            cause.printStackTrace(around.err());
        }
        return around.insideHelm4() ? Helm4.tell(lines, exitCode, around) : exitCode;
    }

    private static String fault() {
        return "Nothing was written. Please report it with the manifests and this line: " + BuildId.read()
                + ". HALDANE_DEBUG=1 shows where it happened.";
    }

    private static boolean isOption(String word) {
        return word.startsWith("-");
    }

    private static boolean asksForHelp(List<String> words) {
        int end = words.indexOf("--");
        List<String> options = end < 0 ? words : words.subList(0, end);
        return options.contains("--help") || options.contains("-h");
    }
}

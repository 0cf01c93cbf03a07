package dev.haldane.webhook;

import dev.haldane.postrender.config.Nearest;
import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.demo.DemoCommand;
import dev.haldane.webhook.doctor.DoctorCommand;
import dev.haldane.webhook.serve.DoctorOptions;
import dev.haldane.webhook.serve.ServeCommand;
import java.util.List;

/// The entry of the commands that need the server: `java -cp … dev.haldane.webhook.Main COMMAND OPTION…`. People call
/// it by the launcher, which answers `--help` without it.
public final class Main {

    private static final int USAGE = 2;
    private static final int FAULT = 1;
    private static final List<String> COMMANDS = List.of("serve", "demo", "doctor");

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (UserError e) {
            System.err.println("haldane: " + e.problem() + (e.remedy().isEmpty() ? "" : "\n  " + e.remedy()));
            return e.exitCode();
        } catch (RuntimeException e) {
            System.err.println("haldane: " + e.getMessage());
            if (System.getenv("HALDANE_DEBUG") != null) {
                e.printStackTrace();
            }
            return FAULT;
        }
    }

    private static int dispatch(List<String> words) {
        if (words.isEmpty()) {
            System.err.println("haldane: which command? This part has " + String.join(", ", COMMANDS));
            return USAGE;
        }
        var word = words.getFirst();
        var rest = words.subList(1, words.size());
        return switch (word) {
            case "demo" -> new DemoCommand(System.getenv()).run(rest);
            case "doctor" -> new DoctorCommand(System.out).run(DoctorOptions.parse(rest, System.getenv()));
            case "serve" -> new ServeCommand(System.getenv()).run(rest);
            default -> throw UserError.usage("unknown command '" + word + "'", Nearest.remedy(word, COMMANDS));
        };
    }
}

package dev.haldane.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Ends what tests have started when this JVM ends, however it ends: a shell waits for the end of its input, which the
/// kernel closes even after `kill -9`, and kills what it was told of.
final class Guard {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            while read -r sign pid; do
              case $sign in +) pids="$pids $pid " ;; -) pids=${pids%% $pid *}${pids#* $pid } ;; esac
            done
            [ -z "${pids# }" ] || kill -9 $pids 2>/dev/null
            """;

    private static final Guard INSTANCE = new Guard();

    private final OutputStream commands;

    private Guard() {
        try {
            this.commands = new ProcessBuilder("sh", "-c", SCRIPT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void watch(Process process) {
        INSTANCE.tell("+ " + process.pid());
    }

    /// To be called when a process has ended: its number may be given to another.
    static void forget(Process process) {
        INSTANCE.tell("- " + process.pid());
    }

    private synchronized void tell(String line) {
        try {
            commands.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

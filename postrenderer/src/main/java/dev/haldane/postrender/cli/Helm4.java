package dev.haldane.postrender.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;

/// Says an error where Helm 4 hides a renderer's stderr. Where Helm's own stderr is a terminal or a pipe we write to
/// it, and Helm adds that the plugin failed. Where it is a file that would overwrite each other's lines, and
/// elsewhere than on Linux we cannot; then the error is the answer, as one YAML text: Helm refuses what is no object,
/// and prints it.
final class Helm4 {

    private Helm4() {}

    /// @return the exit code that makes Helm fail and the error visible
    static int tell(String lines, int exitCode, Surroundings around) {
        if (written(lines)) {
            return exitCode;
        }
        try {
            around.answer("|-\n" + lines.lines().map(line -> "  " + line + "\n").collect(Collectors.joining()));
            return 0;
        } catch (IOException _) {
            return exitCode; // nobody listens any more
        }
    }

    private static boolean written(String lines) {
        try {
            var parent = ProcessHandle.current().parent().map(ProcessHandle::pid);
            if (parent.isEmpty()) {
                return false;
            }
            var stderr = Path.of("/proc", Long.toString(parent.get()), "fd", "2");
            var target = Files.readSymbolicLink(stderr).toString();
            if (!target.startsWith("pipe:") && !target.startsWith("/dev/pts/") && !target.startsWith("/dev/tty")) {
                return false;
            }
            Files.writeString(stderr, lines + "\n", StandardOpenOption.WRITE);
            return true;
        } catch (IOException | UnsupportedOperationException | SecurityException _) {
            return false;
        }
    }
}

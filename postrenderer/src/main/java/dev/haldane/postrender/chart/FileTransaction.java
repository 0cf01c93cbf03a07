package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Writes all files of a change or none: first beside their places, then each by one move; what was moved is
/// moved back if a later one fails. Nothing is ever put beside a template, where Helm would render it.
final class FileTransaction {
    private final Path chart;
    private final List<Staged> staged = new ArrayList<>();
    private final List<Path> temporary = new ArrayList<>();
    private final Deque<Undo> undo = new ArrayDeque<>();

    /// @param fresh the new text, in a file of its own; empty if the target goes
    private record Staged(Path target, Optional<Path> fresh) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    private FileTransaction(Path chart) {
        this.chart = chart;
    }

    static void write(List<ChartEdit> edits, Path chart) {
        var transaction = new FileTransaction(chart);
        try {
            for (ChartEdit edit : edits) {
                transaction.stage(edit);
            }
            for (Staged file : transaction.staged) {
                transaction.put(file);
            }
        } catch (IOException e) {
            throw UserError.input("cannot write: " + e.getMessage(), transaction.back());
        } finally {
            transaction.sweep();
        }
    }

    private void stage(ChartEdit edit) throws IOException {
        switch (edit) {
            case AddFile(Path path, String text) -> {
                if (Files.exists(path)) {
                    throw UserError.input(path + ": is there already", "nothing was changed");
                }
                Path fresh = fresh(path, text);
                if (isPosix(fresh)) {
                    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
                }
                staged.add(new Staged(path, Optional.of(fresh)));
            }
            case EditFile(Path path, String before, String after) -> {
                Path target = unchanged(path, before);
                Path fresh = fresh(target, after);
                if (isPosix(fresh)) {
                    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
                }
                staged.add(new Staged(target, Optional.of(fresh)));
            }
            case DeleteFile(Path path, String before) ->
                staged.add(new Staged(unchanged(path, before), Optional.empty()));
        }
    }

    /// The file itself, where the path is a link.
    private static Path unchanged(Path path, String before) throws IOException {
        Path file = path.toRealPath();
        if (!Files.readString(file, StandardCharsets.UTF_8).equals(before)) {
            throw UserError.input(path + ": changed since it was read", "nothing was changed: try again");
        }
        return file;
    }

    private Path fresh(Path target, String text) throws IOException {
        return Files.writeString(besides(target), text, StandardCharsets.UTF_8);
    }

    private Path besides(Path target) throws IOException {
        Path parent = target.getParent();
        boolean ours = parent == null || parent.startsWith(chart);
        Path file = Files.createTempFile(ours ? chart : parent, ".haldane-", ".tmp");
        temporary.add(file);
        return file;
    }

    private void put(Staged file) throws IOException {
        Path target = file.target();
        if (Files.exists(target)) {
            Path saved = besides(target);
            Files.copy(target, saved, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            undo.push(() -> Files.move(saved, target, StandardCopyOption.REPLACE_EXISTING));
        } else {
            undo.push(() -> Files.deleteIfExists(target));
        }
        if (file.fresh().isPresent()) {
            Files.move(file.fresh().get(), target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(target);
        }
    }

    /// Puts back what was written; says what came of it.
    private String back() {
        try {
            while (!undo.isEmpty()) {
                undo.pop().run();
            }
            return "nothing was changed";
        } catch (IOException e) {
            return "and what was written before could not be put back: " + e.getMessage();
        }
    }

    private void sweep() {
        for (Path file : temporary) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                // A file of ours stays behind; it is hidden, and not in templates/.
                file.toFile().deleteOnExit();
            }
        }
    }

    private static boolean isPosix(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix");
    }
}

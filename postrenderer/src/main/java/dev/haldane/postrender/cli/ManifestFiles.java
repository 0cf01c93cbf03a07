package dev.haldane.postrender.cli;

import dev.haldane.postrender.chart.ChartChange;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Source;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.postrender.rules.Uninject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Manifests on disk: which files, and what the rules make of them. Files that are changed together are one bundle, as
/// a Deployment and its Service often lie in a file each.
final class ManifestFiles {

    /// What is done to streams that belong together.
    interface Rules {
        List<Rendering> change(List<Source> sources);
    }

    private final Rules rules;

    ManifestFiles(Rules rules) {
        this.rules = rules;
    }

    static Rules injecting(RolloutDefaults defaults, Release release) {
        var rules = RuleSet.of(defaults);
        return sources -> rules.rewrite(sources, Door.POST_RENDER, release);
    }

    static Rules undoing() {
        return sources -> sources.stream()
                .map(source -> Uninject.undo(source.text(), source.name()))
                .toList();
    }

    Rendering change(String text, String name) {
        return rules.change(List.of(new Source(name, text))).getFirst();
    }

    /// One change a file, for those that the rules change or have something to say about.
    List<ChartChange> changes(List<Path> files) throws IOException {
        var sources = new ArrayList<Source>();
        for (Path file : files) {
            sources.add(new Source(file.toString(), Document.decode(Files.readAllBytes(file), file.toString())));
        }
        var renderings = rules.change(sources);
        var changes = new ArrayList<ChartChange>();
        for (int i = 0; i < renderings.size(); i++) {
            var before = sources.get(i).text();
            var after = renderings.get(i).text();
            var edit = before.equals(after)
                    ? List.<EditFile>of()
                    : List.of(new EditFile(files.get(i).toAbsolutePath(), before, after));
            changes.add(new ChartChange(
                    files.get(i).toAbsolutePath(),
                    List.copyOf(edit),
                    renderings.get(i).report()));
        }
        return changes;
    }

    /// The manifests of a directory and those below it, in the order of their names. Hidden ones are not ours, and a
    /// chart's are no YAML.
    static List<Path> in(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                if (Files.exists(visited.resolve("Chart.yaml"))) {
                    throw UserError.usage(
                            visited + " is a chart among manifests", "Name charts by their own directory.");
                }
                boolean hidden = !visited.equals(directory) && isHidden(visited);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = file.getFileName().toString();
                if (attributes.isRegularFile()
                        && !isHidden(file)
                        && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        if (files.isEmpty()) {
            throw UserError.input(directory + " has no .yaml file in it", "Name a chart or manifests.");
        }
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}

package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.chart.ReleasePipeline.Silenced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pipelines beside a chart: in the directory that it is in, and above a directory `charts`. Which calls were
/// changed is noted in canary.yaml, because a shell command has no place for a mark.
final class Pipelines {
    private static final Pattern NAME = Pattern.compile("Jenkinsfile([-.].*)?|jenkins-x([-.].*)?\\.ya?ml");
    private static final Pattern NOTE = Pattern.compile("(\\S+): calls ([\\d,]+) of (\\d+) got --generate-yaml=false");

    private Pipelines() {}

    /// @param note for [CanaryTemplate#header]
    record Edited(EditFile edit, String note) {}

    static List<Edited> silenced(ChartSource source) {
        var edited = new ArrayList<Edited>();
        for (Path file : files(source.directory())) {
            String text = ChartSource.read(file, file);
            Silenced silenced = ReleasePipeline.silence(
                    text, String.valueOf(source.directory().getFileName()));
            if (!silenced.calls().isEmpty()) {
                String calls = String.join(
                        ",", silenced.calls().stream().map(String::valueOf).toList());
                String path = source.directory().relativize(file).toString().replace('\\', '/');
                String note =
                        path + ": calls " + calls + " of " + ReleasePipeline.count(text) + " got --generate-yaml=false";
                edited.add(new Edited(new EditFile(file, text, silenced.text()), note));
            }
        }
        return edited;
    }

    static List<EditFile> restored(ChartSource source) {
        var edits = new ArrayList<EditFile>();
        for (String note :
                source.ours().flatMap(source::file).map(CanaryTemplate::notes).orElse(List.of())) {
            Matcher said = NOTE.matcher(note);
            Path file = said.matches() ? source.path(said.group(1)).normalize() : source.directory();
            if (said.matches() && Files.isRegularFile(file)) {
                String text = ChartSource.read(file, file);
                List<Integer> calls = Arrays.stream(said.group(2).split(","))
                        .map(Integer::valueOf)
                        .toList();
                String after = ReleasePipeline.restore(text, calls, Integer.parseInt(said.group(3)));
                if (!after.equals(text)) {
                    edits.add(new EditFile(file, text, after));
                }
            }
        }
        return edits;
    }

    private static List<Path> files(Path chart) {
        var files = new ArrayList<Path>();
        Path beside = chart.getParent();
        if (beside != null) {
            files.addAll(in(beside));
            Path above = beside.getParent();
            if (above != null && beside.endsWith("charts")) {
                files.addAll(in(above));
            }
        }
        return files;
    }

    private static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            NAME.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException _) {
            // A directory that we may not list holds no pipeline of this chart that we could edit.
            return List.of();
        }
    }
}

package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.Anatomy.BrokenChart;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.chart.template.TemplateSyntaxException;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Outcome.Broken;
import dev.haldane.postrender.rule.Outcome.Changed;
import dev.haldane.postrender.rule.Outcome.Dropped;
import dev.haldane.postrender.rule.Outcome.Skipped;
import dev.haldane.postrender.rule.Outcome.Subject;
import dev.haldane.postrender.rule.Reason;
import dev.haldane.postrender.rule.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The chart door: reads a chart and says what to write. A chart that cannot have a canary, or that has one, is
/// left alone and the report says why.
public final class ChartInjector {
    static final String RULE = "inject-canary";

    private ChartInjector() {}

    /// What makes a chart render its own canaries. Injecting twice is injecting once.
    ///
    /// @throws UserError if this is no chart, or cannot be read
    public static ChartChange inject(Path chart, RolloutDefaults defaults) {
        ChartSource source = ChartSource.read(chart);
        if (source.ours().isPresent()) {
            return change(source, chart, List.of(), List.of());
        }
        var subject = new Subject("", "Chart", "", source.name());
        try {
            return new Injection(source, defaults).change(chart.toString());
        } catch (BrokenChart e) {
            return change(source, chart, List.of(), List.of(new Broken(subject, RULE, e.problem())));
        } catch (UserError e) {
            return change(source, chart, List.of(), List.of(new Broken(subject, RULE, e.problem())));
        } catch (TemplateSyntaxException e) {
            String problem = "line " + e.line() + " of one of its definitions: " + e.problem();
            return change(source, chart, List.of(), List.of(new Broken(subject, RULE, problem)));
        } catch (UnsupportedShape e) {
            String detail = "values.yaml:" + e.line() + ": " + e.problem();
            return change(source, chart, List.of(), List.of(new Skipped(subject, RULE, Reason.NOT_EDITABLE, detail)));
        }
    }

    /// What takes out exactly what [#inject] put in. What was edited around it since then stays.
    public static ChartChange uninject(Path chart) {
        ChartSource source = ChartSource.read(chart);
        var edits = new ArrayList<ChartEdit>();
        var outcomes = new ArrayList<Outcome>();
        source.files().forEach((file, text) -> {
            Path path = source.path(file);
            if (file.startsWith(ChartSource.TEMPLATES) && CanaryTemplate.isOurs(text)) {
                edits.add(new DeleteFile(path, text));
                outcomes.add(new Dropped(new Subject("", "Template", "", file), RULE, "it is ours"));
            } else if (file.equals(ChartSource.VALUES) && ValuesBlock.isIn(text)) {
                edits.add(ValuesBlock.without(text)
                        .<ChartEdit>map(rest -> new EditFile(path, text, rest))
                        .orElseGet(() -> new DeleteFile(path, text)));
                outcomes.add(changed("Values", file, "without the block of ours"));
            } else if (file.equals(ChartSource.SCHEMA) && SchemaText.isIn(text)) {
                edits.add(new EditFile(path, text, SchemaText.without(text)));
                outcomes.add(changed("Schema", file, "without the property of ours"));
            } else if (file.startsWith(ChartSource.TEMPLATES) && Mark.isAnywhereIn(text)) {
                edits.add(new EditFile(path, text, Mark.without(text)));
                outcomes.add(changed("Template", file, "without the lines of ours"));
            }
        });
        for (EditFile edit : Pipelines.restored(source)) {
            edits.add(edit);
            outcomes.add(changed("Pipeline", String.valueOf(edit.path().getFileName()), "without the switch of ours"));
        }
        return change(source, chart, edits, outcomes);
    }

    private static Changed changed(String kind, String file, String why) {
        return new Changed(new Subject("", kind, "", file), RULE, why);
    }

    private static ChartChange change(
            ChartSource source, Path chart, List<ChartEdit> edits, List<? extends Outcome> outcomes) {
        return new ChartChange(source.directory(), edits, new Report(chart.toString(), List.copyOf(outcomes)));
    }
}

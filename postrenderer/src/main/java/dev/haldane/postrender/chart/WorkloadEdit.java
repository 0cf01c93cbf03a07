package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.Labels.Entry;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import dev.haldane.postrender.rule.Marks;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the switch changes in the templates of a Deployment and its Service: no replicas but an annotation, and the
/// selector that the Service will have for good.
final class WorkloadEdit {
    private static final Pattern INDENT = Pattern.compile("n?indent (\\d+)");
    private static final Pattern PRINTED = Pattern.compile("toYaml (\\.Values[.\\w]+)( \\| n?indent \\d+)");

    private final Workload workload;

    WorkloadEdit(Workload workload) {
        this.workload = workload;
    }

    void deployment(TemplateEditor editor) {
        if (workload.whole().isPresent()) {
            var files = workload.whole().get();
            editor.wrapped(files.file("deployment"), files.instead("deployment"));
            return;
        }
        Part deployment = workload.deployment();
        for (SourceLine line : deployment.find("spec", "replicas")) {
            editor.onlyOff(line, line, workload.on());
        }
        String noted = workload.scaler().isPresent()
                ? "and (" + workload.on() + ") (include \"" + workload.prefix() + ".note\" $)"
                : workload.on();
        String note = Marks.REPLICAS + ": \"{{ include \"" + workload.prefix() + ".note\" $ }}\"";
        annotate(deployment.outline(), editor, noted, note);
    }

    void service(TemplateEditor editor) {
        if (workload.whole().isPresent()) {
            var files = workload.whole().get();
            editor.wrapped(files.file("service"), files.instead("service"));
            return;
        }
        Part service = workload.service();
        for (Entry entry : workload.selecting()) {
            String text = service.outline().text(entry.line());
            editor.replacedWhenOn(entry.line(), entry.line(), workload.on(), List.of(atPrimary(entry, text)));
        }
        annotate(service.outline(), editor, workload.on(), Marks.CHANGED + ": selector");
    }

    private String atPrimary(Entry entry, String text) {
        if (!entry.helper().isEmpty()) {
            return text.replace("\"" + entry.helper() + "\"", "\"" + workload.prefix() + ".selector\"");
        }
        int valueEnd = text.stripTrailing().length();
        if (text.lastIndexOf(" #") > text.lastIndexOf("}}")) {
            valueEnd = text.substring(0, text.lastIndexOf(" #")).stripTrailing().length();
        }
        boolean quoted = "\"'".indexOf(text.charAt(valueEnd - 1)) >= 0;
        int place = quoted ? valueEnd - 1 : valueEnd;
        return text.substring(0, place) + Marks.PRIMARY + text.substring(place);
    }

    private static void annotate(Outline outline, TemplateEditor editor, String on, String annotation) {
        List<SourceLine> metadata = outline.find("metadata");
        if (metadata.size() != 1) {
            throw new UnsupportedShape(1, "it has no single `metadata`");
        }
        List<SourceLine> present = outline.find("metadata", "annotations");
        String indent = outline.children(metadata.getFirst()).stream()
                .findFirst()
                .map(line -> " ".repeat(line.column()))
                .orElse("  ");
        if (present.isEmpty()) {
            editor.addedWhenOn(metadata.getFirst(), on, List.of(indent + "annotations:", indent + "  " + annotation));
        }
        for (SourceLine line : present) {
            within(outline, editor, line, on, annotation);
        }
    }

    private static void within(Outline outline, TemplateEditor editor, SourceLine line, String on, String annotation) {
        String indent = " ".repeat(line.column());
        Optional<SourceLine> printed = printed(outline, line);
        if (printed.isPresent()) {
            String text = outline.text(printed.get());
            Matcher map = PRINTED.matcher(text);
            String merged = map.replaceFirst(Matcher.quoteReplacement(merged(annotation)) + " (default (dict) $1))$2");
            editor.replacedWhenOn(printed.get(), printed.get(), on, List.of(merged));
        } else if (outline.value(line).equals("{}")) {
            editor.replacedWhenOn(line, line, on, List.of(indent + "annotations:", indent + "  " + annotation));
        } else if (line.hasValue()) {
            throw new UnsupportedShape(line.number(), "`annotations` has its value on the same line");
        } else {
            editor.addedWhenOn(line, on, List.of(" ".repeat(column(outline, line)) + annotation));
        }
        List<Block> blocks = outline.blocksWithin(line);
        if (blocks.size() > 1) {
            throw new UnsupportedShape(line.number(), "`annotations` is under more than one condition");
        }
        if (blocks.size() == 1 && blocks.getFirst().branches().isEmpty()) {
            editor.otherwiseWhenOn(blocks.getFirst(), on, List.of(indent + "annotations:", indent + "  " + annotation));
        }
    }

    /// The only line below a key, if it prints a map that may be empty: `{}` must not stand beside other keys.
    private static Optional<SourceLine> printed(Outline outline, SourceLine line) {
        List<SourceLine> body = outline.body(line);
        boolean alone =
                !line.hasValue() && !body.isEmpty() && outline.children(line).isEmpty();
        boolean conditional = !outline.blocksWithin(line).isEmpty();
        return alone
                        && !conditional
                        && PRINTED.matcher(outline.text(body.getFirst())).find()
                ? Optional.of(body.getFirst())
                : Optional.empty();
    }

    private static String merged(String annotation) {
        int colon = annotation.indexOf(": ");
        String value = annotation.substring(colon + 2);
        String expression = value.contains("{{")
                ? "("
                        + value.substring(value.indexOf("{{") + 2, value.indexOf("}}"))
                                .strip() + ")"
                : "\"" + value + "\"";
        return "toYaml (merge (dict \"" + annotation.substring(0, colon) + "\" " + expression + ")";
    }

    /// Where the keys below a line begin: as those that are there, or as an action indents them.
    private static int column(Outline outline, SourceLine line) {
        List<SourceLine> children = outline.children(line);
        if (!children.isEmpty()) {
            return children.getFirst().column();
        }
        for (SourceLine below : outline.body(line)) {
            Matcher indent = INDENT.matcher(outline.text(below));
            if (indent.find()) {
                return Integer.parseInt(indent.group(1));
            }
        }
        return line.column() + 2;
    }
}

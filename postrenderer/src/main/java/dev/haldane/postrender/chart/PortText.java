package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.HttpPort;
import dev.haldane.postrender.chart.engine.Interpreter;
import dev.haldane.postrender.chart.engine.NotUnderstood;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.ArrayList;
import java.util.List;

/// The port that users call, as the chart's Service template writes it.
///
/// @param several whether there is always another port
/// @param others  conditions under which there is another port, if not always
record PortText(Borrowed number, String name, Borrowed target, boolean several, List<String> others) {

    PortText {
        others = List.copyOf(others);
    }

    /// The port of the template that renders to this one.
    static PortText of(Part service, HttpPort port, Interpreter interpreter) {
        List<List<SourceLine>> items = items(service.outline());
        var found = new ArrayList<List<SourceLine>>();
        for (List<SourceLine> item : items) {
            if (rendered(service, item, "port", interpreter).equals(String.valueOf(port.number()))) {
                found.add(item);
            }
        }
        if (found.size() != 1) {
            int line = service.find("spec").stream()
                    .findFirst()
                    .map(SourceLine::number)
                    .orElse(1);
            throw new UnsupportedShape(line, "the lines of port " + port.number() + " cannot be told");
        }
        List<SourceLine> item = found.getFirst();
        if (!service.outline().blocksWithin(item.getFirst()).isEmpty()) {
            throw new UnsupportedShape(item.getFirst().number(), "the port is there under a condition only");
        }
        Borrowed number = borrowed(service, item, "port");
        Borrowed target = borrowed(service, item, "targetPort");
        String name = rendered(service, item, "name", interpreter).equals(port.name())
                ? borrowed(service, item, "name").text()
                : port.name();
        List<List<SourceLine>> rest =
                items.stream().filter(other -> !other.equals(item)).toList();
        boolean several = rest.stream().anyMatch(other -> blocks(service, other).isEmpty());
        var conditions = rest.stream().map(other -> condition(service, other)).toList();
        return new PortText(
                number, name, target.isNothing() ? number : target, several, several ? List.of() : conditions);
    }

    private static List<Block> blocks(Part service, List<SourceLine> item) {
        return service.outline().blocksWithin(item.getFirst());
    }

    private static String condition(Part service, List<SourceLine> item) {
        List<Block> blocks = blocks(service, item);
        int line = item.getFirst().number();
        if (blocks.isEmpty()) {
            return "";
        }
        Block block = blocks.getFirst();
        if (blocks.size() > 1
                || !block.branches().isEmpty()
                || !block.opener().body().startsWith("if ")) {
            throw new UnsupportedShape(line, "another port is there under a condition that is not a plain `if`");
        }
        return Borrowed.withoutVariables(block.opener(), line)
                .substring("if ".length())
                .strip();
    }

    /// The lines of each item of `spec.ports`.
    private static List<List<SourceLine>> items(Outline outline) {
        return outline.find("spec", "ports").stream()
                .flatMap(ports -> outline.items(ports).stream())
                .toList();
    }

    /// Where a key stands twice, the last one counts.
    private static List<SourceLine> lines(List<SourceLine> item, String key) {
        List<SourceLine> lines =
                item.stream().filter(line -> line.key().equals(key)).toList();
        return lines.isEmpty() ? lines : List.of(lines.getLast());
    }

    private static Borrowed borrowed(Part service, List<SourceLine> item, String key) {
        return Borrowed.from(service.outline(), lines(item, key));
    }

    private static String rendered(Part service, List<SourceLine> item, String key, Interpreter interpreter) {
        List<SourceLine> lines = lines(item, key);
        if (lines.isEmpty()) {
            return "";
        }
        try {
            SourceLine line = lines.getFirst();
            String value = interpreter.render(service.template(), line.valueStart(), line.end());
            return value.strip().replaceAll("^[\"']|[\"']$", "");
        } catch (NotUnderstood _) {
            return "";
        }
    }
}

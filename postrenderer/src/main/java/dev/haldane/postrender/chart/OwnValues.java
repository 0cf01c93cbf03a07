package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.ValuesBlock.Entry;
import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.TemplateSyntaxException;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The values that a chart's own Canary reads, in the form in which it reads them: `enable` or `enabled`,
/// `canaryAnalysis` or `analysis`, metrics as a list or a map. What is there stays; what is missing is added.
record OwnValues(ChartSource source, RolloutDefaults defaults) {
    private static final Pattern CANARY =
            Pattern.compile("(?m)^apiVersion:\\s*flagger\\.app/\\S+\\s+^kind:\\s*Canary\\b");
    private static final Pattern CHAIN = Pattern.compile("\\.Values\\.canary((?:\\.\\w+)+)");
    private static final Pattern STRING_SWITCH = Pattern.compile("eq\\s+\\$?\\.Values\\.canary\\.(\\w+)\\s+\"true\"");

    /// The chart with the values that its Canary asks for and does not find.
    ChartSource filled() {
        for (Map.Entry<String, String> file : source.templates().entrySet()) {
            if (CANARY.matcher(file.getValue()).find() && !CanaryTemplate.isOurs(file.getValue())) {
                try {
                    return filled(file.getKey(), GoTemplate.parse(file.getValue()));
                } catch (TemplateSyntaxException | UserError e) {
                    return source; // Anatomy says it, with file and line
                }
            }
        }
        return source;
    }

    private ChartSource filled(String file, GoTemplate template) {
        String values = source.file(ChartSource.VALUES).orElse("");
        Mapping canary = ValuesBlock.mapping(values).map(ValuesBlock.KEY);
        ChartSource fitting = renamed(file, template, canary);
        Set<List<String>> read = read(GoTemplate.parse(fitting.file(file).orElse("")));
        var missing = new LinkedHashMap<String, List<String>>();
        for (List<String> path : read) {
            boolean there = canary.at(path).isPresent()
                    || (path.size() > 1 && canary.get(path.getFirst()).isPresent());
            if (!there) {
                missing.computeIfAbsent(path.getFirst(), key -> lines(key, read, template));
            }
        }
        missing.values().removeIf(List::isEmpty);
        if (missing.isEmpty()) {
            return fitting;
        }
        var entries = missing.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
        var files = new TreeMap<>(fitting.files());
        files.put(
                ChartSource.VALUES, values.isEmpty() ? ValuesBlock.alone(entries) : ValuesBlock.into(values, entries));
        return fitting.with(files);
    }

    /// A template that reads `canaryAnalysis` where the values say `analysis`, or the other way round, is the side
    /// that is mended.
    private ChartSource renamed(String file, GoTemplate template, Mapping canary) {
        for (List<String> names :
                List.of(List.of("canaryAnalysis", "analysis"), List.of("analysis", "canaryAnalysis"))) {
            String asked = names.getFirst();
            String there = names.getLast();
            boolean wrong = template.source().contains(".Values.canary." + asked)
                    && canary.get(asked).isEmpty()
                    && canary.get(there).isPresent();
            if (wrong) {
                String text = template.source()
                        .lines()
                        .map(line -> line.contains(".Values.canary." + asked) && !line.contains("*/")
                                ? Mark.was(line.replace(".Values.canary." + asked, ".Values.canary." + there), line)
                                : line)
                        .collect(Collectors.joining("\n"));
                boolean ended = template.source().endsWith("\n");
                if (template.source().contains("\r")) {
                    return source;
                }
                var files = new TreeMap<>(source.files());
                files.put(file, ended ? text + "\n" : text);
                return source.with(files);
            }
        }
        return source;
    }

    private static Set<List<String>> read(GoTemplate template) {
        var paths = new LinkedHashSet<List<String>>();
        for (Action action : template.actions()) {
            Matcher chain = CHAIN.matcher(action.keyword() == Keyword.COMMENT ? "" : action.body());
            while (chain.find()) {
                paths.add(List.of(chain.group(1).substring(1).split("\\.", -1)));
            }
        }
        return paths;
    }

    /// The lines of one entry below `canary:`, with all that is read below it.
    private List<String> lines(String key, Set<List<String>> read, GoTemplate template) {
        List<List<String>> below = read.stream()
                .filter(path -> path.getFirst().equals(key))
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        boolean text = STRING_SWITCH
                .matcher(template.source())
                .results()
                .anyMatch(found -> found.group(1).equals(key));
        if (text) {
            return List.of(key + ": \"true\"");
        }
        return lines(
                List.of(),
                key,
                below.stream().map(path -> path.subList(1, path.size())).toList(),
                template);
    }

    private List<String> lines(List<String> above, String key, List<List<String>> below, GoTemplate template) {
        List<List<String>> deeper =
                below.stream().filter(path -> !path.isEmpty()).toList();
        var path = new ArrayList<>(above);
        path.add(key);
        if (deeper.isEmpty()) {
            return leaf(path);
        }
        var lines = new ArrayList<String>();
        lines.add(key + ":");
        for (String child : deeper.stream().map(List::getFirst).collect(Collectors.toCollection(LinkedHashSet::new))) {
            List<List<String>> rest = deeper.stream()
                    .filter(deep -> deep.getFirst().equals(child))
                    .map(deep -> deep.subList(1, deep.size()))
                    .toList();
            lines(path, child, rest, template).forEach(line -> lines.add("  " + line));
        }
        return lines.size() == 1 ? List.of() : lines;
    }

    private List<String> leaf(List<String> path) {
        String key = path.getLast();
        String above = String.join(".", path.subList(0, path.size() - 1));
        Optional<MetricDefaults> metric = metric(above);
        return switch (key) {
            case "enable", "enabled" -> List.of(key + ": " + above.isEmpty());
            case "interval" ->
                List.of("interval: "
                        + metric.map(MetricDefaults::interval)
                                .orElse(defaults.analysis().interval()));
            case "threshold" ->
                List.of("threshold: "
                        + metric.map(OwnValues::limit)
                                .orElse(Long.toString(defaults.analysis().threshold())));
            case "successRate", "latency" ->
                metric(key).map(found -> List.of(key + ": " + limit(found))).orElse(List.of());
            case "maxWeight" -> List.of("maxWeight: " + defaults.analysis().maxWeight());
            case "stepWeight" -> List.of("stepWeight: " + defaults.analysis().stepWeight());
            case "progressDeadlineSeconds" -> List.of(key + ": " + defaults.progressDeadlineSeconds());
            case "provider" -> List.of("provider: " + defaults.provider());
            case "hosts" -> list(key, hosts());
            case "host" -> List.of("host: " + hosts().stream().findFirst().orElse(source.name() + ".example.com"));
            case "gateways" -> list(key, defaults.gateways());
            case "gateway" ->
                List.of("gateway: " + defaults.gateways().stream().findFirst().orElse("mesh"));
            case "metrics" -> metrics();
            case "labels", "gatewayLabels", "annotations" -> List.of(key + ": {}");
            default -> List.of();
        };
    }

    private List<String> hosts() {
        return defaults.hosts().stream()
                .map(host -> host.replace("{app}", source.name()))
                .toList();
    }

    private Optional<MetricDefaults> metric(String named) {
        boolean rate = named.matches("(?i).*(success|rate).*");
        boolean time = named.matches("(?i).*(duration|latency).*");
        return defaults.analysis().metrics().stream()
                .filter(metric -> (rate && !metric.min().isEmpty())
                        || (time && metric.min().isEmpty()))
                .findFirst();
    }

    private static String limit(MetricDefaults metric) {
        return metric.min().isEmpty() ? metric.max() : metric.min();
    }

    private static List<String> list(String key, List<String> items) {
        if (items.isEmpty()) {
            return List.of(key + ": []");
        }
        var lines = new ArrayList<String>();
        lines.add(key + ":");
        items.forEach(item -> lines.add("  - \"" + item + "\""));
        return lines;
    }

    private List<String> metrics() {
        var lines = new ArrayList<String>();
        lines.add("metrics:");
        for (MetricDefaults metric : defaults.analysis().metrics()) {
            lines.add("  - name: " + metric.name());
            lines.add("    thresholdRange:");
            lines.add("      " + (metric.min().isEmpty() ? "max: " : "min: ") + limit(metric));
            lines.add("    interval: " + metric.interval());
        }
        return lines.size() == 1 ? List.of("metrics: []") : lines;
    }
}

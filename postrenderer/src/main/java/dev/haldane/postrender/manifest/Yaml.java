package dev.haldane.postrender.manifest;

import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import dev.haldane.postrender.manifest.Placed.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads YAML: what is common by [CommonYaml], all else by SnakeYAML, which only this class knows. It composes nodes
/// and never constructs objects: that would lose `010`, `1.0`,
/// `~`, numbers of twenty digits and every quote.
final class Yaml {
    private static final int MAX_CODE_POINTS = 32 << 20;
    private static final int MAX_ALIASES = 10_000;
    private static final long MAX_NODES = 2_000_000;
    private static final int MAX_DEPTH = Json.MAX_DEPTH;

    /// The reader copies all that it has read of a token with each new buffer, so that a value of a megabyte on one
    /// line wants a large one.
    private static final int LARGE = 1 << 17;

    /// A merge key stays the key that it is: the parser's own merging never ends where a map merges itself, and leaves
    /// nodes at places where nobody wrote them.
    private static final class Unmerged extends CoreSchema {
        private final ScalarResolver resolver = new CoreScalarResolver(false);

        @Override
        public ScalarResolver getScalarResolver() {
            return resolver;
        }
    }

    /// A class of its own, because most runs do not need the parser and its patterns.
    private static final class Parser {
        static final LoadSettings SETTINGS = settings(1024);
        static final LoadSettings LARGE_SETTINGS = settings(LARGE);

        private static LoadSettings settings(int bufferSize) {
            return LoadSettings.builder()
                    .setSchema(new Unmerged())
                    .setBufferSize(bufferSize)
                    .setAllowNonScalarKeys(true) // refused below, with their line
                    .setCodePointLimit(MAX_CODE_POINTS)
                    .setMaxAliasesForCollections(MAX_ALIASES)
                    .build();
        }
    }

    private final Offsets offsets;
    private final Set<org.snakeyaml.engine.v2.nodes.Node> shared;
    private final Map<org.snakeyaml.engine.v2.nodes.Node, Shared> met = new HashMap<>();
    private long nodes;

    /// What an anchor stands for, and how many nodes that is when written out.
    private record Shared(Placed placed, long nodes) {}

    private Yaml(Offsets offsets, Set<org.snakeyaml.engine.v2.nodes.Node> shared) {
        this.offsets = offsets;
        this.shared = shared;
    }

    /// What a text that holds one document says; empty if it says nothing.
    ///
    /// @param where     the name of the stream, for errors
    /// @param firstLine of the text in the stream, from 1
    static Optional<Placed> compose(String text, String where, int firstLine) {
        try {
            return CommonYaml.read(text);
        } catch (CommonYaml.Odd _) {
            return parse(text, where, firstLine);
        }
    }

    /// The same, always by the parser.
    static Optional<Placed> parse(String text, String where, int firstLine) {
        try {
            var offsets = Offsets.of(text);
            return new Compose(text.length() < LARGE ? Parser.SETTINGS : Parser.LARGE_SETTINGS)
                    .composeString(offsets.parsed())
                    .map(root -> new Yaml(offsets, sharedIn(root, text)).place(root, 0, false));
        } catch (MarkedYamlEngineException e) {
            throw UserError.input(described(e, where, firstLine), "");
        } catch (Refused e) {
            throw UserError.input(where + ":" + (firstLine + e.line) + ": " + e.problem, "");
        } catch (ReaderException e) {
            throw UserError.input(unprintable(text, where, firstLine, e), "");
        } catch (YamlVersionException e) {
            var version =
                    e.getSpecVersion().getMajor() + "." + e.getSpecVersion().getMinor();
            throw UserError.input(where + ":" + firstLine + ": %YAML " + version + " is neither 1.1 nor 1.2", "");
        } catch (YamlEngineException e) {
            throw UserError.input(where + ":" + firstLine + ": " + e.getMessage(), "");
        } catch (StackOverflowError _) {
            throw UserError.input(where + ":" + firstLine + ": " + tooDeep(), "");
        }
    }

    private static String described(MarkedYamlEngineException e, String where, int firstLine) {
        int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0);
        var context = e.getContextMark()
                .filter(mark -> mark.getLine() != line)
                .map(mark -> " (" + e.getContext() + " in line " + (firstLine + mark.getLine()) + ")")
                .orElse("");
        boolean half = e.getProblem().startsWith("but ");
        return where + ":" + (firstLine + line) + ": " + (half ? e.getContext() + ", " : "") + e.getProblem() + context;
    }

    /// The reader stops at the first character that YAML does not allow, but does not say in which line.
    private static String unprintable(String text, String where, int firstLine, ReaderException e) {
        int line = firstLine;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!StreamReader.isPrintable(text.codePointAt(at))) {
                return where + ":" + line + ": the control character U+"
                        + HexFormat.of().withUpperCase().toHexDigits((char) text.codePointAt(at))
                        + " is not allowed in YAML";
            }
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
        return where + ":" + firstLine + ": " + e.getMessage();
    }

    private static String tooDeep() {
        return "nested deeper than " + MAX_DEPTH + " levels";
    }

    /// The text is YAML, but nothing that Kubernetes could read.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String problem;
        private final int line;

        Refused(String problem, org.snakeyaml.engine.v2.nodes.Node node) {
            super(problem);
            this.problem = problem;
            this.line = node.getStartMark().map(Mark::getLine).orElse(0);
        }
    }

    /// The nodes that an alias refers to.
    private static Set<org.snakeyaml.engine.v2.nodes.Node> sharedIn(
            org.snakeyaml.engine.v2.nodes.Node root, String text) {
        var shared = new HashSet<org.snakeyaml.engine.v2.nodes.Node>();
        if (text.indexOf('&') >= 0 && text.indexOf('*') >= 0) {
            visit(root, new HashSet<>(), shared);
        }
        return shared;
    }

    private static void visit(
            org.snakeyaml.engine.v2.nodes.Node node,
            Set<org.snakeyaml.engine.v2.nodes.Node> seen,
            Set<org.snakeyaml.engine.v2.nodes.Node> shared) {
        if (!seen.add(node)) {
            shared.add(node);
        } else if (node instanceof SequenceNode s) {
            s.getValue().forEach(item -> visit(item, seen, shared));
        } else if (node instanceof MappingNode m) {
            for (NodeTuple tuple : m.getValue()) {
                visit(tuple.getKeyNode(), seen, shared);
                visit(tuple.getValueNode(), seen, shared);
            }
        }
    }

    private Placed place(org.snakeyaml.engine.v2.nodes.Node node, int depth, boolean fixed) {
        if (depth > MAX_DEPTH) {
            throw new Refused(tooDeep(), node);
        }
        if (!shared.contains(node)) {
            return placed(node, depth, fixed);
        }
        if (met.containsKey(node)) {
            return alias(node);
        }
        met.put(node, new Shared(new Placed(Scalar.NULL, 0, 0, true, false, List.of(), List.of()), -1));
        long before = nodes;
        var placed = placed(node, depth, true);
        met.put(node, new Shared(placed, nodes - before));
        return placed;
    }

    /// Counted as if it were written out, so that a few lines cannot stand for a billion.
    private Placed alias(org.snakeyaml.engine.v2.nodes.Node node) {
        var anchored = met.get(node);
        if (anchored == null || anchored.nodes < 0) {
            throw new Refused("an alias must not stand inside of what it refers to", node);
        }
        count(node, anchored.nodes);
        var there = anchored.placed;
        return new Placed(there.node(), -1, -1, true, there.flow(), there.entries(), there.items());
    }

    private void count(org.snakeyaml.engine.v2.nodes.Node node, long more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new Refused("more than " + MAX_NODES + " values, aliases written out", node);
        }
    }

    private Placed placed(org.snakeyaml.engine.v2.nodes.Node node, int depth, boolean fixed) {
        count(node, 1);
        int start = unit(node.getStartMark());
        int end = unit(node.getEndMark());
        return switch (node) {
            case ScalarNode s -> new Placed(scalar(s), start, end, fixed, false, List.of(), List.of());
            case SequenceNode s -> {
                var items = new ArrayList<Placed>();
                var values = new ArrayList<Node>();
                for (var item : s.getValue()) {
                    var placed = place(item, depth + 1, fixed);
                    items.add(placed);
                    values.add(placed.node());
                }
                yield new Placed(
                        new Sequence(values), start, end, fixed, s.getFlowStyle() == FlowStyle.FLOW, List.of(), items);
            }
            case MappingNode m -> {
                var entries = new ArrayList<Field>();
                for (NodeTuple tuple : m.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        throw new Refused(
                                "a key must be a word (is this a template that nobody rendered?)", tuple.getKeyNode());
                    }
                    entries.add(new Field(
                            key.getValue(),
                            place(key, depth + 1, fixed),
                            place(tuple.getValueNode(), depth + 1, fixed)));
                }
                yield new Placed(
                        mapping(entries), start, end, fixed, m.getFlowStyle() == FlowStyle.FLOW, entries, List.of());
            }
            default -> throw new Refused("unexpected " + node.getNodeType(), node);
        };
    }

    static Mapping mapping(List<Field> entries) {
        var all = new OwnedEntries(Map.of());
        for (Field entry : entries) {
            if (!entry.isMerge()) {
                all.put(entry.name(), entry.value().node());
            }
        }
        return all.size() == entries.size() ? new Mapping(all) : unusual(entries);
    }

    /// With keys that stand twice, or merge keys ([YAML 1.1](https://yaml.org/type/merge.html), which Go's readers
    /// follow), which bring what is not there.
    private static Mapping unusual(List<Field> entries) {
        var all = new OwnedEntries(Map.of());
        var own = new HashSet<String>();
        var doubled = new HashSet<String>();
        for (Field entry : entries) {
            if (entry.isMerge()) {
                merged(entry.value().node()).forEach(all::putIfAbsent);
            } else {
                all.put(entry.name(), entry.value().node());
                if (!own.add(entry.name())) {
                    doubled.add(entry.name());
                }
            }
        }
        return new Mapping(all, doubled);
    }

    private static Map<String, Node> merged(Node node) {
        var merged = new LinkedHashMap<String, Node>();
        switch (node) {
            case Mapping m -> merged.putAll(m.entries());
            case Sequence s -> s.items().forEach(item -> merged(item).forEach(merged::putIfAbsent));
            case Scalar _ -> {}
        }
        return merged;
    }

    private static Scalar scalar(ScalarNode node) {
        return new Scalar(type(node.getTag()), node.getValue(), style(node.getScalarStyle()));
    }

    private static ScalarType type(Tag tag) {
        if (tag.equals(Tag.STR)) {
            return ScalarType.STRING;
        } else if (tag.equals(Tag.INT)) {
            return ScalarType.INTEGER;
        } else if (tag.equals(Tag.BOOL)) {
            return ScalarType.BOOLEAN;
        } else if (tag.equals(Tag.NULL)) {
            return ScalarType.NULL;
        }
        return tag.equals(Tag.FLOAT) ? ScalarType.FLOAT : ScalarType.OTHER;
    }

    private static Style style(ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
            case LITERAL -> Style.LITERAL;
            case FOLDED -> Style.FOLDED;
            case PLAIN, JSON_SCALAR_STYLE -> Style.PLAIN;
        };
    }

    private int unit(Optional<Mark> mark) {
        return mark.map(there -> offsets.unit(there.getIndex())).orElse(-1);
    }
}

package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.chart.engine.Expression.Call;
import dev.haldane.postrender.chart.engine.Expression.Chain;
import dev.haldane.postrender.chart.engine.Expression.Field;
import dev.haldane.postrender.chart.engine.Expression.Literal;
import dev.haldane.postrender.chart.engine.Expression.Variable;
import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.GoTemplate.Block;
import dev.haldane.postrender.chart.template.Piece;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs templates with values. A value that is missing is null; to ask null for a member is an error, as in Go.
public final class Interpreter {
    private static final Pattern DEFINED = Pattern.compile("(?:define|block)\\s+\"([^\"]+)\".*", Pattern.DOTALL);
    private static final Pattern TEMPLATE = Pattern.compile("template\\s+\"([^\"]+)\"(.*)", Pattern.DOTALL);
    private static final Pattern ASSIGNMENT = Pattern.compile("\\$(\\w*)\\s*(:?=)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("(?:\\$(\\w*)\\s*(?:,\\s*\\$(\\w*)\\s*)?:=)?\\s*(.+)", Pattern.DOTALL);
    private static final int MAX_DEPTH = 64;
    private static final int MAX_OUTPUT = 8 << 20;

    private final Mapping root;
    private final Map<String, GoTemplate> templates;
    private final Map<String, Defined> defined = new HashMap<>();
    private int depth;

    private record Defined(GoTemplate template, Block block) {}

    /// One run over a template.
    ///
    /// @param wanted which places of it are written; the others run all the same
    private record Run(GoTemplate template, IntPredicate wanted, StringBuilder out) {}

    /// @param root      what `$` is: `Values`, `Chart`, `Release`, …
    /// @param templates by the name under which they may be included
    public Interpreter(Mapping root, Map<String, GoTemplate> templates) {
        this.root = root;
        this.templates = Map.copyOf(templates);
        for (GoTemplate template : templates.values()) {
            for (Block block : template.blocks()) {
                Matcher name = DEFINED.matcher(block.opener().body());
                if (name.matches()) {
                    defined.put(name.group(1), new Defined(template, block));
                }
            }
        }
    }

    /// Whether an `if` takes it for true.
    public static boolean isTrue(Node value) {
        return Functions.isTrue(value);
    }

    /// What a template writes between two places.
    ///
    /// @throws NotUnderstood if it cannot be told
    public String render(GoTemplate template, int from, int to) {
        var run = new Run(template, offset -> from <= offset && offset < to, new StringBuilder());
        exec(run, 0, template.source().length(), Scope.of(root));
        return run.out.toString();
    }

    private void exec(Run run, int from, int to, Scope scope) {
        int skipTo = from;
        for (Piece piece : run.template.pieces()) {
            if (piece.start() < skipTo || piece.end() > to) {
                continue;
            }
            try {
                switch (piece) {
                    case Text text -> write(run, text);
                    case Action action when action.opens() -> skipTo = block(run, action, scope);
                    case Action action -> write(run, action.start(), action(action, scope));
                }
            } catch (NotUnderstood e) {
                throw e.at(run.template.lineOf(piece.start()));
            }
        }
    }

    private static void write(Run run, Text text) {
        String output = text.output();
        int shift = run.template.source().indexOf(output, text.start());
        for (int i = 0; i < output.length(); i++) {
            if (run.wanted.test(shift + i)) {
                run.out.append(output.charAt(i));
            }
        }
    }

    private static void write(Run run, int offset, String output) {
        if (run.wanted.test(offset)) {
            run.out.append(output);
        }
        if (run.out.length() > MAX_OUTPUT) {
            throw new NotUnderstood("a template that writes more than " + MAX_OUTPUT + " characters");
        }
    }

    /// @return where the block ends
    private int block(Run run, Action opener, Scope scope) {
        Block block = run.template.blocks().stream()
                .filter(candidate -> candidate.opener().equals(opener))
                .findFirst()
                .orElseThrow();
        switch (opener.keyword()) {
            case IF, WITH -> choose(run, block, scope);
            case RANGE -> loop(run, block, scope);
            case BLOCK, DEFINE, ELSE, END, COMMENT, OTHER -> {}
        }
        return block.end().end();
    }

    private void choose(Run run, Block block, Scope scope) {
        for (int branch = 0; branch <= block.branches().size(); branch++) {
            Action head = branch == 0 ? block.opener() : block.branches().get(branch - 1);
            String condition = head.body().replaceFirst("^(?:else\\s*)?(?:if|with)?\\s*", "");
            Scope inner = scope.inner(scope.dot());
            Node value = condition.isEmpty() ? Scalar.of(true) : pipeline(condition, inner);
            if (Functions.isTrue(value)) {
                boolean with = head.body().matches("(?s)(?:else\\s+)?with\\b.*");
                exec(run, head.end(), end(block, branch), with ? inner.inner(value) : inner);
                return;
            }
        }
    }

    private void loop(Run run, Block block, Scope scope) {
        Matcher head =
                RANGE.matcher(block.opener().body().substring("range".length()).strip());
        if (!head.matches()) {
            throw new NotUnderstood("{{ " + block.opener().body() + " }}");
        }
        List<Map.Entry<Node, Node>> items = items(evaluate(head.group(3), scope));
        for (var item : items) {
            Scope inner = scope.inner(item.getValue());
            if (head.group(2) != null) {
                inner.declare(head.group(1), item.getKey());
                inner.declare(head.group(2), item.getValue());
            } else if (head.group(1) != null) {
                inner.declare(head.group(1), item.getValue());
            }
            exec(run, block.opener().end(), end(block, 0), inner);
        }
        if (items.isEmpty() && !block.branches().isEmpty()) {
            exec(run, block.branches().getFirst().end(), block.end().start(), scope.inner(scope.dot()));
        }
    }

    private static List<Map.Entry<Node, Node>> items(Node value) {
        var items = new ArrayList<Map.Entry<Node, Node>>();
        switch (value) {
            case Mapping(var entries, var _) ->
                new TreeMap<>(entries).forEach((key, item) -> items.add(Map.entry(Scalar.of(key), item)));
            case Sequence(var list) -> list.forEach(item -> items.add(Map.entry(Scalar.of(items.size()), item)));
            case Scalar _ -> {}
        }
        return items;
    }

    private static int end(Block block, int branch) {
        return branch < block.branches().size()
                ? block.branches().get(branch).start()
                : block.end().start();
    }

    private String action(Action action, Scope scope) {
        if (action.keyword() == Keyword.COMMENT) {
            return "";
        }
        Matcher template = TEMPLATE.matcher(action.body());
        if (template.matches()) {
            String argument = template.group(2).strip();
            return include(template.group(1), argument.isEmpty() ? Scalar.NULL : evaluate(argument, scope));
        }
        boolean silent = ASSIGNMENT.matcher(action.body()).matches();
        Node value = pipeline(action.body(), scope);
        return silent ? "" : Functions.text(value);
    }

    /// An expression, which may give its value a name.
    private Node pipeline(String body, Scope scope) {
        Matcher assignment = ASSIGNMENT.matcher(body);
        if (!assignment.matches()) {
            return evaluate(body, scope);
        }
        Node value = evaluate(assignment.group(3), scope);
        if (assignment.group(2).equals(":=")) {
            scope.declare(assignment.group(1), value);
        } else {
            scope.assign(assignment.group(1), value);
        }
        return value;
    }

    private Node evaluate(String body, Scope scope) {
        return evaluate(ExpressionParser.parse(body), scope);
    }

    private Node evaluate(Expression expression, Scope scope) {
        return switch (expression) {
            case Literal(var value) -> value;
            case Field(var path) -> member(scope.dot(), path);
            case Variable(var name, var path) -> member(scope.variable(name), path);
            case Chain(var base, var path) -> chained(evaluate(base, scope), path);
            case Call(var function, var arguments) -> call(function, arguments, scope);
        };
    }

    private static Node chained(Node base, List<String> path) {
        return Functions.isOpaque(base)
                ? Functions.opaque(String.join(".", path), List.of(base))
                : base.at(path).orElse(Scalar.NULL);
    }

    /// A map lacks what it lacks; but nothing else has members.
    private static Node member(Node holder, List<String> path) {
        Node node = holder;
        for (String key : path) {
            if (Functions.isOpaque(node)) {
                return Functions.opaque(key, List.of(node));
            }
            if (!(node instanceof Mapping mapping)) {
                throw NotUnderstood.error(
                        "asks for ." + String.join(".", path) + ", but there is no map ." + reached(path, key));
            }
            node = mapping.get(key).orElse(Scalar.NULL);
        }
        return node;
    }

    /// The part of a path above a key.
    private static String reached(List<String> path, String key) {
        return String.join(".", path.subList(0, path.indexOf(key)));
    }

    private Node call(String function, List<Expression> arguments, Scope scope) {
        if (function.equals("and") || function.equals("or")) {
            return lazy(function.equals("or"), arguments, scope);
        }
        List<Node> given =
                arguments.stream().map(argument -> evaluate(argument, scope)).toList();
        return switch (function) {
            case "include" -> Scalar.of(include(Functions.text(given.getFirst()), given.getLast()));
            case "tpl" -> Scalar.of(text(GoTemplate.parse(Functions.text(given.getFirst())), given.getLast()));
            case "fail" -> throw new NotUnderstood("it fails: " + Functions.text(given.getFirst()));
            case "set", "unset" -> changed(Functions.call(function, given), arguments.getFirst(), scope);
            default ->
                function.contains("Has]")
                        ? Scalar.of(ServedApis.has(Functions.text(given.getFirst())))
                        : Functions.call(function, given);
        };
    }

    /// What comes behind the one that decides is not looked at.
    private Node lazy(boolean wanted, List<Expression> arguments, Scope scope) {
        Node value = Scalar.NULL;
        for (Expression argument : arguments) {
            value = evaluate(argument, scope);
            if (Functions.isTrue(value) == wanted) {
                break;
            }
        }
        return value;
    }

    /// A map that was changed in place is known by the name that it has.
    private static Node changed(Node map, Expression named, Scope scope) {
        if (named instanceof Variable(var name, var path) && path.isEmpty() && !name.isEmpty()) {
            scope.assign(name, map);
        }
        return map;
    }

    private String include(String name, Node argument) {
        Defined found = defined.get(name);
        if (found == null) {
            GoTemplate whole = templates.get(name);
            if (whole == null) {
                throw new NotUnderstood("there is no template \"" + name + "\"");
            }
            return text(whole, argument);
        }
        return deeper(
                found.template, found.block.opener().end(), found.block.end().start(), argument);
    }

    private String text(GoTemplate template, Node argument) {
        return deeper(template, 0, template.source().length(), argument);
    }

    private String deeper(GoTemplate template, int from, int to, Node argument) {
        if (++depth > MAX_DEPTH) {
            throw new NotUnderstood("a template that includes itself");
        }
        var run = new Run(template, _ -> true, new StringBuilder());
        exec(run, from, to, Scope.of(argument));
        depth--;
        return run.out.toString();
    }
}

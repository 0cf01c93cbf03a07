package dev.haldane.webhook.demo.prometheus;

import dev.haldane.webhook.demo.prometheus.Expression.Aggregate;
import dev.haldane.webhook.demo.prometheus.Expression.Arithmetic;
import dev.haldane.webhook.demo.prometheus.Expression.Call;
import dev.haldane.webhook.demo.prometheus.Expression.Literal;
import dev.haldane.webhook.demo.prometheus.Expression.Matcher;
import dev.haldane.webhook.demo.prometheus.Expression.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads PromQL ([operators](https://prometheus.io/docs/prometheus/latest/querying/operators/)), by recursive descent.
final class Parser {

    private static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "min", "max", "count");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?([eE][+-]?\\d+)?|\\.\\d+([eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|[smhdw])");
    private static final Pattern COMPARISON = Pattern.compile("=~|!~|!=|=");
    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    private final String text;
    private int at;

    private Parser(String text) {
        this.text = text;
    }

    /// @throws BadQuery with the place of the mistake
    static Expression parse(String text) {
        var parser = new Parser(text);
        Expression expression = parser.sum();
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.unexpected("the end of the query");
        }
        return expression;
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            if (take('+')) {
                left = new Arithmetic('+', left, product());
            } else if (take('-')) {
                left = new Arithmetic('-', left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = unary();
        while (true) {
            if (take('*')) {
                left = new Arithmetic('*', left, unary());
            } else if (take('/')) {
                left = new Arithmetic('/', left, unary());
            } else {
                return left;
            }
        }
    }

    private Expression unary() {
        return take('-') ? new Arithmetic('-', new Literal(0), unary()) : operand();
    }

    private Expression operand() {
        if (take('(')) {
            Expression inner = sum();
            expect(')');
            return inner;
        }
        String number = match(NUMBER);
        if (!number.isEmpty()) {
            return new Literal(Double.parseDouble(number));
        }
        if (peek('{')) {
            return selector(new ArrayList<>());
        }
        String name = match(NAME);
        if (name.isEmpty()) {
            throw unexpected("an expression");
        }
        if (AGGREGATIONS.contains(name)) {
            return aggregate(name);
        }
        if (peek('(')) {
            return new Call(name, arguments());
        }
        return selector(new ArrayList<>(List.of(new Matcher(Labels.NAME, "=", name))));
    }

    private Expression aggregate(String operator) {
        String grouping = match(NAME);
        List<String> labels = grouping.isEmpty() ? List.of() : labels();
        List<Expression> arguments = arguments();
        if (arguments.size() != 1) {
            throw new BadQuery(operator + " takes one argument, has " + arguments.size());
        }
        if (grouping.isEmpty()) {
            grouping = match(NAME);
            labels = grouping.isEmpty() ? List.of() : labels();
        }
        return switch (grouping) {
            case "", "by" -> new Aggregate(operator, true, labels, arguments.getFirst());
            case "without" -> new Aggregate(operator, false, labels, arguments.getFirst());
            default -> throw unexpected("by or without");
        };
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        expect('(');
        while (!take(')')) {
            labels.add(match(NAME));
            if (labels.getLast().isEmpty()) {
                throw unexpected("a label");
            }
            if (!peek(')')) {
                expect(',');
            }
        }
        return labels;
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        expect('(');
        while (!take(')')) {
            arguments.add(sum());
            if (!peek(')')) {
                expect(',');
            }
        }
        return arguments;
    }

    private Expression selector(List<Matcher> matchers) {
        if (take('{')) {
            while (!take('}')) {
                String label = match(NAME);
                String operator = match(COMPARISON);
                if (label.isEmpty() || operator.isEmpty()) {
                    throw unexpected("a label matching operator");
                }
                matchers.add(new Matcher(label, operator, string()));
                if (!peek('}')) {
                    expect(',');
                }
            }
        }
        return new Selector(matchers, take('[') ? range() : Duration.ZERO);
    }

    private Duration range() {
        long millis = 0;
        skipBlanks();
        var part = DURATION.matcher(text).region(at, text.length());
        while (part.lookingAt()) {
            millis += Long.parseLong(part.group(1)) * UNITS.getOrDefault(part.group(2), 0L);
            at = part.end();
            part.region(at, text.length());
        }
        if (millis == 0) {
            throw unexpected("a duration greater than 0");
        }
        expect(']');
        return Duration.ofMillis(millis);
    }

    private String string() {
        skipBlanks();
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote != '"' && quote != '\'') {
            throw unexpected("a string");
        }
        var value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                value.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case '\\', '"', '\'' -> escaped;
                            default -> throw new BadQuery("unknown escape sequence \\" + escaped);
                        });
            } else {
                value.append(c);
            }
        }
        throw new BadQuery("unterminated quoted string at char " + (at + 1));
    }

    private String match(Pattern pattern) {
        skipBlanks();
        var matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        at = matcher.end();
        return matcher.group();
    }

    private boolean peek(char c) {
        skipBlanks();
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean take(char c) {
        boolean there = peek(c);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw unexpected("\"" + c + "\"");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private BadQuery unexpected(String wanted) {
        String found = at < text.length() ? "\"" + text.charAt(at) + "\"" : "the end";
        return new BadQuery("1:" + (at + 1) + ": parse error: unexpected " + found + ", expected " + wanted);
    }
}

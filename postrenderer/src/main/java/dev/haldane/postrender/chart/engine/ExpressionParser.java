package dev.haldane.postrender.chart.engine;

import dev.haldane.postrender.chart.engine.Expression.Call;
import dev.haldane.postrender.chart.engine.Expression.Chain;
import dev.haldane.postrender.chart.engine.Expression.Field;
import dev.haldane.postrender.chart.engine.Expression.Literal;
import dev.haldane.postrender.chart.engine.Expression.Variable;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the pipelines of Go's `text/template`.
final class ExpressionParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<string>\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|'(?:\\\\.|[^'\\\\])*')"
            + "|(?<number>[+-]?\\d[\\w.]*)"
            + "|(?<variable>\\$\\w*)(?<of>(?:\\.\\w+)*)"
            + "|(?<field>(?:\\.\\w+)+|\\.)"
            + "|(?<word>\\w+)"
            + "|(?<mark>[()|]))");
    private static final Pattern CHAIN = Pattern.compile("(?:\\.\\w+)+");

    private final String body;
    private int at;

    private ExpressionParser(String body) {
        this.body = body;
    }

    /// @throws NotUnderstood if it is none
    static Expression parse(String body) {
        var parser = new ExpressionParser(body);
        Expression expression = parser.pipeline();
        parser.blanks();
        if (parser.at < body.length()) {
            throw new NotUnderstood("'" + body.substring(parser.at) + "'");
        }
        return expression;
    }

    private Expression pipeline() {
        Expression value = command(List.of());
        while (taken('|')) {
            value = command(List.of(value));
        }
        return value;
    }

    private Expression command(List<Expression> piped) {
        var operands = new ArrayList<Expression>();
        String function = function();
        while (hasOperand()) {
            operands.add(operand());
        }
        if (!function.isEmpty()) {
            operands.addAll(piped);
            return new Call(function, List.copyOf(operands));
        }
        if (operands.isEmpty()) {
            throw new NotUnderstood("an empty command in {{ " + body + " }}");
        }
        Expression first = operands.removeFirst();
        operands.addAll(piped);
        return operands.isEmpty() ? first : new Call("call " + first, List.copyOf(operands));
    }

    /// The word that a command begins with, if it is a function's.
    private String function() {
        Matcher token = next();
        String word = token == null ? null : token.group("word");
        if (token == null || word == null || isConstant(word)) {
            return "";
        }
        at = token.end();
        return word;
    }

    private boolean hasOperand() {
        Matcher token = next();
        return token != null
                && (token.group("mark") == null || token.group("mark").equals("("));
    }

    private Expression operand() {
        Matcher token = next();
        if (token == null) {
            throw new NotUnderstood("{{ " + body + " }}");
        }
        at = token.end();
        if (token.group("string") != null) {
            return new Literal(Scalar.of(unquoted(token.group("string"))));
        } else if (token.group("number") != null) {
            return new Literal(number(token.group("number")));
        } else if (token.group("variable") != null) {
            return new Variable(token.group("variable").substring(1), path(token.group("of")));
        } else if (token.group("field") != null) {
            return new Field(path(token.group("field")));
        } else if (token.group("word") != null) {
            return constant(token.group("word"));
        }
        Expression inner = pipeline();
        if (!taken(')')) {
            throw new NotUnderstood("a parenthesis in {{ " + body + " }}");
        }
        Matcher chain = CHAIN.matcher(body).region(at, body.length());
        if (!chain.lookingAt()) {
            return inner;
        }
        at = chain.end();
        return new Chain(inner, path(chain.group()));
    }

    private @Nullable Matcher next() {
        Matcher token = TOKEN.matcher(body).region(at, body.length());
        return token.lookingAt() ? token : null;
    }

    private boolean taken(char wanted) {
        blanks();
        boolean there = at < body.length() && body.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < body.length() && Character.isWhitespace(body.charAt(at))) {
            at++;
        }
    }

    private static List<String> path(String chain) {
        return chain.length() < 2 ? List.of() : List.of(chain.substring(1).split("\\."));
    }

    private static boolean isConstant(String word) {
        return word.equals("true") || word.equals("false") || word.equals("nil");
    }

    /// A function without arguments as an argument, or a constant.
    private static Expression constant(String word) {
        return switch (word) {
            case "true" -> new Literal(Scalar.of(true));
            case "false" -> new Literal(Scalar.of(false));
            case "nil" -> new Literal(Scalar.NULL);
            default -> new Call(word, List.of());
        };
    }

    private static Node number(String text) {
        boolean integer = text.matches("[+-]?\\d+");
        return new Scalar(integer ? ScalarType.INTEGER : ScalarType.FLOAT, text, Style.PLAIN);
    }

    private static String unquoted(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        if (literal.startsWith("`") || !inner.contains("\\")) {
            return inner;
        }
        return inner.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }
}

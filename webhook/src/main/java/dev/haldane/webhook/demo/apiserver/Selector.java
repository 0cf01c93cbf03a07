package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Label and field selectors, in the form of a query parameter and in that of an object
/// ([labels](https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors)).
final class Selector {

    private static final Pattern SET = Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)\\s*");
    private static final Pattern EQUALITY = Pattern.compile("\\s*([^=!\\s]+)\\s*(==|=|!=)\\s*([^=!\\s]*)\\s*");

    private Selector() {}

    /// `app=x,tier!=y,env in (a,b),!legacy`
    static Predicate<JsonNode> labels(String text) {
        Predicate<JsonNode> all = _ -> true;
        for (String part : split(text)) {
            Predicate<JsonNode> one = requirement(part);
            all = all.and(object -> one.test(Tree.at(object, "metadata", "labels")));
        }
        return all;
    }

    /// `metadata.name=x,status.phase!=Running`
    static Predicate<JsonNode> fields(String text) {
        Predicate<JsonNode> all = _ -> true;
        for (String part : split(text)) {
            Matcher equality = EQUALITY.matcher(part);
            if (!equality.matches()) {
                throw ApiError.badRequest("unable to parse field selector \"" + part + "\"");
            }
            String[] path = equality.group(1).split("\\.", -1);
            boolean wanted = !equality.group(2).equals("!=");
            String value = equality.group(3);
            all = all.and(object -> Tree.text(object, path).equals(value) == wanted);
        }
        return all;
    }

    /// `{matchLabels: {…}, matchExpressions: [{key, operator, values}]}`; empty or absent selects everything.
    static Predicate<JsonNode> ofObject(JsonNode selector) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label -> all.add(labels -> labels.path(label.getKey())
                        .asText("")
                        .equals(label.getValue().asText())));
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            all.add(set(Tree.text(expression, "key"), Tree.text(expression, "operator"), values));
        }
        return object -> {
            JsonNode labels = Tree.at(object, "metadata", "labels");
            return all.stream().allMatch(one -> one.test(labels));
        };
    }

    private static Predicate<JsonNode> requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values = Pattern.compile("\\s*,\\s*")
                    .splitAsStream(set.group(3).strip())
                    .toList();
            return set(set.group(1), set.group(2).equals("in") ? "In" : "NotIn", values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return set(equality.group(1), equality.group(2).equals("!=") ? "NotIn" : "In", List.of(equality.group(3)));
        }
        return part.startsWith("!")
                ? set(part.substring(1).strip(), "DoesNotExist", List.of())
                : set(part.strip(), "Exists", List.of());
    }

    private static Predicate<JsonNode> set(String key, String operator, List<String> values) {
        return switch (operator) {
            case "In" -> labels -> labels.has(key) && values.contains(Tree.text(labels, key));
            case "NotIn" -> labels -> !labels.has(key) || !values.contains(Tree.text(labels, key));
            case "Exists" -> labels -> labels.has(key);
            case "DoesNotExist" -> labels -> !labels.has(key);
            default -> throw ApiError.badRequest("\"" + operator + "\" is not a valid label selector operator");
        };
    }

    /// At commas outside of parentheses.
    private static List<String> split(String text) {
        return Pattern.compile(",(?![^(]*\\))")
                .splitAsStream(text)
                .filter(part -> !part.isBlank())
                .toList();
    }
}

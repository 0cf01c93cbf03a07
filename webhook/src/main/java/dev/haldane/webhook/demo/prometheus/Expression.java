package dev.haldane.webhook.demo.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A query, understood.
sealed interface Expression {

    record Literal(double value) implements Expression {}

    /// `name{label="value"}[range]`
    ///
    /// @param range zero for an instant
    record Selector(List<Matcher> matchers, Duration range) implements Expression, Predicate<Labels> {
        public Selector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public boolean test(Labels labels) {
            return matchers.stream().allMatch(matcher -> matcher.test(labels));
        }
    }

    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// `sum by (le) (…)`
    ///
    /// @param keep true for `by`: the labels that stay; false for `without`: those that go
    record Aggregate(String operator, boolean keep, List<String> labels, Expression of) implements Expression {
        public Aggregate {
            labels = List.copyOf(labels);
        }
    }

    record Arithmetic(char operator, Expression left, Expression right) implements Expression {}

    /// `label="value"`; patterns match the whole value.
    record Matcher(String label, String operator, String value) implements Predicate<Labels> {
        @Override
        public boolean test(Labels labels) {
            String actual = labels.get(label);
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> pattern().matcher(actual).matches();
                default -> !pattern().matcher(actual).matches();
            };
        }

        private Pattern pattern() {
            try {
                return Pattern.compile(value, Pattern.DOTALL);
            } catch (PatternSyntaxException e) {
                throw new BadQuery("error parsing regexp: " + e.getDescription() + ": `" + value + "`");
            }
        }
    }
}

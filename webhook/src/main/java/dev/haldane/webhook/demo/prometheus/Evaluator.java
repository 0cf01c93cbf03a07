package dev.haldane.webhook.demo.prometheus;

import dev.haldane.webhook.demo.prometheus.Expression.Aggregate;
import dev.haldane.webhook.demo.prometheus.Expression.Arithmetic;
import dev.haldane.webhook.demo.prometheus.Expression.Call;
import dev.haldane.webhook.demo.prometheus.Expression.Literal;
import dev.haldane.webhook.demo.prometheus.Expression.Selector;
import dev.haldane.webhook.demo.prometheus.Value.Matrix;
import dev.haldane.webhook.demo.prometheus.Value.Sample;
import dev.haldane.webhook.demo.prometheus.Value.Scalar;
import dev.haldane.webhook.demo.prometheus.Value.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/// Computes an expression at one moment.
///
/// @param time in milliseconds since 1970
record Evaluator(Samples samples, long time) {

    /// How old the last point of a series may be before an instant selector takes it for gone.
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /// @throws BadQuery if it makes no sense
    Value evaluate(Expression expression) {
        return switch (expression) {
            case Literal literal -> new Scalar(literal.value());
            case Selector selector -> select(selector);
            case Call call -> call(call);
            case Aggregate aggregate -> aggregate(aggregate);
            case Arithmetic arithmetic -> arithmetic(arithmetic);
        };
    }

    private Value select(Selector selector) {
        if (!selector.range().isZero()) {
            long from = time - selector.range().toMillis();
            return new Matrix(samples.range(selector, from, time), from, time);
        }
        return new Vector(samples.range(selector, time - LOOK_BACK.toMillis(), time).stream()
                .map(range ->
                        new Sample(range.labels(), range.points().getLast().value()))
                .toList());
    }

    private Value call(Call call) {
        return switch (call.function()) {
            case "rate" -> Rates.rate(matrix(call));
            case "increase" -> Rates.increase(matrix(call));
            case "irate" -> Rates.instant(matrix(call));
            case "histogram_quantile" -> Histograms.quantile(scalar(call, 0), vector(call, 1));
            case "vector" -> new Vector(List.of(new Sample(Labels.NONE, scalar(call, 0))));
            case "scalar" -> {
                List<Sample> of = vector(call, 0).samples();
                yield new Scalar(of.size() == 1 ? of.getFirst().value() : Double.NaN);
            }
            default -> throw new BadQuery("unknown function with name \"" + call.function() + "\"");
        };
    }

    private Value argument(Call call, int index) {
        if (index >= call.arguments().size()) {
            throw new BadQuery("expected more than " + call.arguments().size() + " argument(s) in call to \""
                    + call.function() + "\"");
        }
        return evaluate(call.arguments().get(index));
    }

    private Matrix matrix(Call call) {
        if (argument(call, 0) instanceof Matrix matrix) {
            return matrix;
        }
        throw new BadQuery("expected type range vector in call to function \"" + call.function() + "\"");
    }

    private Vector vector(Call call, int index) {
        return vector(argument(call, index), "call to function \"" + call.function() + "\"");
    }

    private static Vector vector(Value value, String where) {
        if (value instanceof Vector vector) {
            return vector;
        }
        throw new BadQuery("expected type instant vector in " + where);
    }

    private double scalar(Call call, int index) {
        if (argument(call, index) instanceof Scalar(double value)) {
            return value;
        }
        throw new BadQuery("expected type scalar in call to function \"" + call.function() + "\"");
    }

    private Value aggregate(Aggregate aggregate) {
        Vector of = vector(evaluate(aggregate.of()), "aggregation expression");
        Map<Labels, List<Double>> groups = new LinkedHashMap<>();
        for (Sample sample : of.samples()) {
            Labels group = aggregate.keep()
                    ? sample.labels().only(aggregate.labels())
                    : sample.labels().without(aggregate.labels());
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(sample.value());
        }
        List<Sample> result = new ArrayList<>();
        groups.forEach((labels, values) -> result.add(new Sample(labels, combined(aggregate.operator(), values))));
        return new Vector(result);
    }

    private static double combined(String operator, List<Double> values) {
        DoubleStream stream = values.stream().mapToDouble(Double::doubleValue);
        return switch (operator) {
            case "sum" -> stream.sum();
            case "avg" -> stream.average().orElse(Double.NaN);
            case "min" -> stream.min().orElse(Double.NaN);
            case "max" -> stream.max().orElse(Double.NaN);
            default -> values.size();
        };
    }

    private Value arithmetic(Arithmetic arithmetic) {
        DoubleBinaryOperator operation = switch (arithmetic.operator()) {
            case '+' -> Double::sum;
            case '-' -> (a, b) -> a - b;
            case '*' -> (a, b) -> a * b;
            default -> (a, b) -> a / b;
        };
        Value left = evaluate(arithmetic.left());
        Value right = evaluate(arithmetic.right());
        if (left instanceof Scalar(double a) && right instanceof Scalar(double b)) {
            return new Scalar(operation.applyAsDouble(a, b));
        }
        if (right instanceof Scalar(double b)) {
            return each(vector(left, "binary expression"), a -> operation.applyAsDouble(a, b));
        }
        if (left instanceof Scalar(double a)) {
            return each(vector(right, "binary expression"), b -> operation.applyAsDouble(a, b));
        }
        return matched(vector(left, "binary expression"), vector(right, "binary expression"), operation);
    }

    private static Vector each(Vector vector, java.util.function.DoubleUnaryOperator operation) {
        return new Vector(vector.samples().stream()
                .map(sample -> new Sample(sample.labels().unnamed(), operation.applyAsDouble(sample.value())))
                .toList());
    }

    /// One to one, by all labels but the name.
    private static Vector matched(Vector left, Vector right, DoubleBinaryOperator operation) {
        List<Sample> result = new ArrayList<>();
        for (Sample one : left.samples()) {
            right.samples().stream()
                    .filter(other ->
                            other.labels().unnamed().equals(one.labels().unnamed()))
                    .forEach(other -> result.add(
                            new Sample(one.labels().unnamed(), operation.applyAsDouble(one.value(), other.value()))));
        }
        return new Vector(result);
    }
}

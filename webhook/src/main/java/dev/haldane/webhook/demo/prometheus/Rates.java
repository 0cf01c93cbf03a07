package dev.haldane.webhook.demo.prometheus;

import dev.haldane.webhook.demo.prometheus.Samples.Point;
import dev.haldane.webhook.demo.prometheus.Value.Matrix;
import dev.haldane.webhook.demo.prometheus.Value.Sample;
import dev.haldane.webhook.demo.prometheus.Value.Vector;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How fast counters grow. As Prometheus does, what is seen between the first and the last point of the window is
/// extrapolated to its ends, by no more than half a step where points are missing and never below zero
/// ([rate](https://prometheus.io/docs/prometheus/latest/querying/functions/#rate)).
final class Rates {

    private static final double MISSING = 1.1;

    private Rates() {}

    /// Per second.
    static Vector rate(Matrix matrix) {
        double seconds = (matrix.to() - matrix.from()) / 1000.0;
        return each(matrix, points -> extrapolated(points, matrix) / seconds);
    }

    static Vector increase(Matrix matrix) {
        return each(matrix, points -> extrapolated(points, matrix));
    }

    /// Per second, from the last two points.
    static Vector instant(Matrix matrix) {
        return each(matrix, points -> {
            Point before = points.get(points.size() - 2);
            Point last = points.getLast();
            double grown = last.value() < before.value() ? last.value() : last.value() - before.value();
            return grown * 1000 / (last.time() - before.time());
        });
    }

    private static Vector each(Matrix matrix, ToDoubleFunction<List<Point>> function) {
        return new Vector(matrix.ranges().stream()
                .filter(range -> range.points().size() >= 2)
                .map(range -> new Sample(range.labels().unnamed(), function.applyAsDouble(range.points())))
                .toList());
    }

    private static double extrapolated(List<Point> points, Matrix window) {
        Point first = points.getFirst();
        Point last = points.getLast();
        double grown = grown(points);
        double seen = last.time() - first.time();
        double step = seen / (points.size() - 1);
        double before = gap((double) (first.time() - window.from()), step);
        double after = gap((double) (window.to() - last.time()), step);
        if (grown > 0 && first.value() >= 0) {
            before = Math.min(before, seen * first.value() / grown);
        }
        return grown * (seen + before + after) / seen;
    }

    private static double gap(double millis, double step) {
        return millis >= step * MISSING ? step / 2 : millis;
    }

    /// A counter that falls was started again, from zero.
    private static double grown(List<Point> points) {
        double grown = points.getLast().value() - points.getFirst().value();
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).value() < points.get(i - 1).value()) {
                grown += points.get(i - 1).value();
            }
        }
        return grown;
    }
}

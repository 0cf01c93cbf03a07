package dev.haldane.webhook.demo.prometheus;

import java.util.List;

/// What an expression comes to at one moment.
sealed interface Value {

    record Scalar(double value) implements Value {}

    record Vector(List<Sample> samples) implements Value {
        public Vector {
            samples = List.copyOf(samples);
        }
    }

    record Matrix(List<Samples.Range> ranges, long from, long to) implements Value {
        public Matrix {
            ranges = List.copyOf(ranges);
        }
    }

    record Sample(Labels labels, double value) {}
}

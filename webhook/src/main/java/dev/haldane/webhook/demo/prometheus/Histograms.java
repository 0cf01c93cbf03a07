package dev.haldane.webhook.demo.prometheus;

import dev.haldane.webhook.demo.prometheus.Value.Sample;
import dev.haldane.webhook.demo.prometheus.Value.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Quantiles of classic histograms
/// ([histogram_quantile](https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)).
final class Histograms {

    private static final String BOUND = "le";

    private Histograms() {}

    /// @param count of everything up to `bound`
    private record Bucket(double bound, double count) {}

    static Vector quantile(double quantile, Vector buckets) {
        Map<Labels, List<Bucket>> histograms = new LinkedHashMap<>();
        for (Sample sample : buckets.samples()) {
            Labels histogram = sample.labels().without(List.of(BOUND));
            histograms
                    .computeIfAbsent(histogram, _ -> new ArrayList<>())
                    .add(new Bucket(bound(sample.labels().get(BOUND)), sample.value()));
        }
        List<Sample> result = new ArrayList<>();
        histograms.forEach((labels, list) -> result.add(new Sample(labels, quantile(quantile, list))));
        return new Vector(result);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static double quantile(double quantile, List<Bucket> unsorted) {
        List<Bucket> buckets = unsorted.stream()
                .sorted(Comparator.comparingDouble(Bucket::bound))
                .toList();
        double total = buckets.getLast().count();
        if (buckets.size() < 2 || !Double.isInfinite(buckets.getLast().bound()) || total == 0) {
            return Double.NaN;
        }
        double rank = quantile * total;
        int index = 0;
        while (index < buckets.size() - 1 && buckets.get(index).count() < rank) {
            index++;
        }
        if (index == buckets.size() - 1) {
            return buckets.get(index - 1).bound();
        }
        double start = index == 0 ? 0 : buckets.get(index - 1).bound();
        double below = index == 0 ? 0 : buckets.get(index - 1).count();
        Bucket here = buckets.get(index);
        double share = (rank - below) / (here.count() - below);
        return start + (here.bound() - start) * share;
    }
}

package dev.haldane.webhook.canary;

/// The share of requests that reach the canary, in percent (0 to 100).
public record Weight(int percent) implements Comparable<Weight> {

    public static final Weight NONE = new Weight(0);
    public static final Weight ALL = new Weight(100);

    public Weight {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("not a percentage: " + percent);
        }
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(percent, other.percent);
    }

    @Override
    public String toString() {
        return percent + "%";
    }
}

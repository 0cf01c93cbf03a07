package dev.haldane.webhook.analysis;

/// Requests that a workload has answered in a stretch of time, and how many of them failed (5xx).
public record Tally(long requests, long failed) {

    public static final Tally NONE = new Tally(0, 0);

    public Tally {
        if (requests < 0 || failed < 0 || failed > requests) {
            throw new IllegalArgumentException(failed + " failed of " + requests);
        }
    }

    /// The share that failed, 0 to 1; 0 of no requests.
    public double failureShare() {
        return requests == 0 ? 0 : (double) failed / requests;
    }
}

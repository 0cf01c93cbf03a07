package dev.haldane.postrender.plan;

/// How a canary gets requests while it is judged, as the fields of its analysis say.
public enum Strategy {
    /// A growing share of all requests: `stepWeight` or `stepWeights`.
    WEIGHTS("weights"),
    /// All requests that match, and no others: `match` with `iterations`.
    A_B("A/B"),
    /// None until it is judged, and then all for one look: `iterations`.
    BLUE_GREEN("blue/green"),
    /// Promoted as soon as its pods are ready: `skipAnalysis`.
    UNJUDGED("unjudged");

    private final String word;

    Strategy(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}

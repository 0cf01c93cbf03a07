package dev.haldane.postrender.plan;

/// What happens at one look of a rollout whose checks all hold.
///
/// @param look    counts intervals from when the revision was found; it may come less than one interval after that
/// @param weight  percent of the requests that the canary answers from then on; of those that match under
///                [Strategy#A_B]
public record Moment(int look, Action action, int weight) {

    public enum Action {
        /// A new revision is there, and its pods are started.
        FOUND,
        /// The canary gets copies of requests.
        MIRRORED,
        /// The canary gets its share.
        WEIGHT,
        /// One more look without a change of routes.
        ITERATION,
        /// All requests go to the canary, for one look.
        ALL_TO_CANARY,
        /// The checks of the last look hold, and the primary gets the revision.
        PROMOTED,
        /// The primary is ready and gets some of its requests back.
        SOME_TO_PRIMARY,
        /// The primary is ready and gets all its requests back.
        ALL_TO_PRIMARY,
        /// The canary's pods go.
        DONE,
        /// Promoted as soon as the canary's pods are ready.
        UNJUDGED
    }

    /// Whether requests are judged from this look to the next.
    boolean isJudged() {
        return switch (action) {
            case MIRRORED, WEIGHT, ITERATION, ALL_TO_CANARY -> true;
            case FOUND, PROMOTED, SOME_TO_PRIMARY, ALL_TO_PRIMARY, DONE, UNJUDGED -> false;
        };
    }
}

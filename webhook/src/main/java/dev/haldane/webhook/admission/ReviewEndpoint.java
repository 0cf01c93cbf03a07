package dev.haldane.webhook.admission;

import dev.haldane.webhook.admission.Admission.Allowed;
import dev.haldane.webhook.http.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shell around a [Reviewer]: reads, answers, counts. What is no review gets 400 with one sentence; a failure of
/// ours is logged and lets the user's request pass as it is.
public final class ReviewEndpoint implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ReviewEndpoint.class);
    private static final Set<String> WORDS = Set.of("allowed", "patched", "denied", "confused", "malformed");

    private final String path;
    private final Reviewer reviewer;
    private final MeterRegistry meters;

    /// @param path for log and metrics
    public ReviewEndpoint(String path, Reviewer reviewer, MeterRegistry meters) {
        this.path = path;
        this.reviewer = reviewer;
        this.meters = meters;
        // From the first scrape on, so that a rate can be computed from the first review on.
        WORDS.forEach(this::timer);
    }

    @Override
    public Answer answer(byte[] body) {
        var started = Timer.start(meters);
        try {
            var review = ReviewCodec.read(body);
            return answer(review, started);
        } catch (ReviewCodec.NoReview e) {
            started.stop(timer("malformed"));
            LOG.warn("{}: refused, {}", path, e.sentence());
            return Answer.plain(400, e.sentence());
        }
    }

    private Answer answer(Review review, Timer.Sample started) {
        Admission admission;
        String word;
        try {
            admission = reviewer.review(review);
            word = admission.word();
            LOG.debug("{}: {} by {} is {}", path, review, review.requester().username(), word);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{}: {} is allowed as it is, because we failed", path, review, e);
            admission = Allowed.SILENTLY;
            word = "confused";
        }
        var answer = Answer.json(ReviewCodec.write(review.uid(), admission));
        started.stop(timer(word));
        return answer;
    }

    private Timer timer(String word) {
        return Timer.builder("haldane.admission.review")
                .description("Time to answer a review, by path and outcome")
                .tag("path", path)
                .tag("outcome", word)
                .publishPercentileHistogram(false)
                .register(meters);
    }
}

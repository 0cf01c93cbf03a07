package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haldane.postrender.rule.Marks;
import dev.haldane.webhook.admission.Admission.Allowed;
import dev.haldane.webhook.admission.Admission.Denied;
import dev.haldane.webhook.store.CanaryCodec;
import dev.haldane.webhook.store.Reading;
import java.util.Optional;

/// `/validate`: a Canary that the loop could not read, or that says what its author cannot mean, is refused with the
/// field's path, what it has and what it may have.
public final class Validation implements Reviewer {

    @Override
    public Admission review(Review review) {
        var object = review.object();
        var untouched = object.path("spec").equals(review.oldObject().path("spec"))
                && previews(object).equals(previews(review.oldObject()));
        if (!review.isWrite()
                || !object.path("kind").asText("").equals("Canary")
                || untouched
                || review.newManifest().filter(Mutation::isGoing).isPresent()) {
            return Allowed.SILENTLY;
        }
        return switch (CanaryCodec.read(object)) {
            case Reading.Nonsense(var problem) -> new Denied(problem);
            case Reading.Understood(var _, var ignored) -> {
                Optional<String> problem = CanaryChecks.problem(object);
                yield problem.isPresent() ? new Denied(problem.get()) : new Allowed(ignored);
            }
        };
    }

    /// The one annotation that the loop reads.
    private static JsonNode previews(JsonNode canary) {
        return canary.path("metadata").path("annotations").path(Marks.PREVIEW);
    }
}

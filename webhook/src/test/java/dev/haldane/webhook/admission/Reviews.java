package dev.haldane.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.webhook.admission.ReviewCodec.NoReview;
import dev.haldane.webhook.store.CanaryCodec;
import dev.haldane.webhook.store.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/// Reviews as an API server sends them, from `src/test/resources/admission/reviews`.
final class Reviews {

    static final ObjectMapper JSON = new ObjectMapper();

    private Reviews() {}

    static byte[] bytes(String name) {
        try (var file = Reviews.class.getResourceAsStream("/admission/reviews/" + name + ".json")) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree(String name) {
        return tree(bytes(name));
    }

    static ObjectNode tree(byte[] json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Review review(String name) {
        return review(tree(name));
    }

    static Review review(JsonNode tree) {
        try {
            return ReviewCodec.read(tree.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoReview e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Manifest manifest(String json) {
        return Trees.manifest(tree(json.getBytes(StandardCharsets.UTF_8))).orElseThrow();
    }

    /// The Canary of the reviews in some phase.
    static LiveCanary canary(String phase, boolean delegation) {
        var object = (ObjectNode) tree("create-canary").at("/request/object");
        ((ObjectNode) object.at("/spec/service")).put("delegation", delegation);
        return switch (CanaryCodec.read(object)) {
            case Reading.Understood(var spec, var _) -> new LiveCanary(spec, phase, false);
            case Reading.Nonsense(var problem) -> throw new IllegalArgumentException(problem);
        };
    }

    /// The patch of an encoded answer, as JSON text.
    static String patch(String answer) {
        var patch = tree(answer.getBytes(StandardCharsets.UTF_8))
                .at("/response/patch")
                .asText();
        return new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8);
    }
}

package dev.haldane.webhook.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.postrender.manifest.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// `AdmissionReview` of `admission.k8s.io/v1`, read and written as a tree
/// ([reference](https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#request)).
public final class ReviewCodec {

    private static final String VERSION = "admission.k8s.io/v1";
    private static final String KIND = "AdmissionReview";

    /// More than any object of Kubernetes has, and far less than a thread's stack takes.
    private static final int DEEPEST = 512;

    /// Status code and reason of a refusal, as the API server itself answers for invalid objects.
    private static final int UNPROCESSABLE = 422;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ReviewCodec() {}

    /// The body is no review. The message says what is wrong with it, in one sentence.
    static final class NoReview extends Exception {
        private static final long serialVersionUID = 1L;

        NoReview(String message) {
            super(message);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    static Review read(byte[] body) throws NoReview {
        var root = tree(body);
        var version = root.path("apiVersion").asText("");
        if (!root.path("kind").asText("").equals(KIND) || !version.equals(VERSION)) {
            throw new NoReview("this is " + named(root.path("kind").asText("")) + " of " + named(version)
                    + ", only AdmissionReview of admission.k8s.io/v1 is understood");
        }
        var request = root.path("request");
        var uid = request.path("uid").asText("");
        if (uid.isEmpty()) {
            throw new NoReview("request.uid is missing");
        }
        return new Review(
                uid,
                request.path("operation").asText(""),
                request.path("subResource").asText(""),
                request.path("namespace").asText(""),
                request.path("name").asText(""),
                new Requester(
                        request.path("userInfo").path("username").asText(""),
                        request.path("options").path("fieldManager").asText("")),
                request.path("object"),
                request.path("oldObject"));
    }

    private static JsonNode tree(byte[] body) throws NoReview {
        try {
            return JSON.readTree(body);
        } catch (StreamConstraintsException _) {
            throw new NoReview("the JSON is nested deeper than " + DEEPEST + " levels");
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new NoReview("the body is not JSON (line " + (where == null ? 1 : where.getLineNr()) + ", column "
                    + (where == null ? 1 : where.getColumnNr()) + ")");
        } catch (IOException _) {
            throw new NoReview("the body is not JSON in UTF-8");
        }
    }

    private static String named(String word) {
        return word.isEmpty() ? "nothing" : word;
    }

    static String write(String uid, Admission admission) {
        var review = JSON.createObjectNode().put("apiVersion", VERSION).put("kind", KIND);
        var response = review.putObject("response").put("uid", uid);
        switch (admission) {
            case Admission.Allowed(var warnings) -> warn(response.put("allowed", true), warnings);
            case Admission.Patched(var patch, var warnings) -> {
                var text = Json.print(patch.toNode()).getBytes(StandardCharsets.UTF_8);
                response.put("allowed", true)
                        .put("patchType", "JSONPatch")
                        .put("patch", Base64.getEncoder().encodeToString(text));
                warn(response, warnings);
            }
            case Admission.Denied(var sentence) ->
                response.put("allowed", false)
                        .putObject("status")
                        .put("code", UNPROCESSABLE)
                        .put("reason", "Invalid")
                        .put("message", sentence);
        }
        return review.toString();
    }

    private static void warn(ObjectNode response, List<String> warnings) {
        if (!warnings.isEmpty()) {
            var list = response.putArray("warnings");
            warnings.forEach(list::add);
        }
    }
}

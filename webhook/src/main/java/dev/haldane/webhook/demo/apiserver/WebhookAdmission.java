package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the registered webhooks: first those that may change the object, in turn, then those that may only refuse.
final class WebhookAdmission implements Admission, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookAdmission.class);

    private final ObjectStore store;
    private final WebhookClient client = new WebhookClient();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();

    WebhookAdmission(ObjectStore store) {
        this.store = store;
    }

    @Override
    public ObjectNode review(Question question) {
        ResourceType type = question.path().type();
        if (type.equals(ResourceTypes.MUTATING) || type.equals(ResourceTypes.VALIDATING)) {
            return subject(question);
        }
        ObjectNode object = mutate(question);
        Question last = with(question, object);
        Webhook.of(store, ResourceTypes.VALIDATING).forEach(webhook -> ask(webhook, last));
        return object;
    }

    private ObjectNode mutate(Question question) {
        List<Webhook> webhooks = Webhook.of(store, ResourceTypes.MUTATING);
        ObjectNode object = subject(question);
        ObjectNode first = object;
        for (Webhook webhook : webhooks) {
            object = patched(webhook, question, object);
        }
        if (!object.equals(first)) {
            for (Webhook webhook : webhooks) {
                object = webhook.mayBeAskedAgain() ? patched(webhook, question, object) : object;
            }
        }
        return object;
    }

    private ObjectNode patched(Webhook webhook, Question question, ObjectNode object) {
        Optional<JsonNode> answer = ask(webhook, with(question, object));
        String patch = answer.map(response -> Tree.text(response, "patch")).orElse("");
        if (patch.isEmpty()) {
            return object;
        }
        byte[] operations = Base64.getDecoder().decode(patch.getBytes(UTF_8));
        return JsonPatching.apply(object, Tree.parse(operations));
    }

    private static Question with(Question question, ObjectNode object) {
        boolean deletion = question.object() == null;
        return new Question(
                question.operation(), question.path(), question.before(), deletion ? null : object, question.intent());
    }

    /// @return the response; empty if the webhook is not interested, or did not answer and need not
    /// @throws ApiError if it refuses, or did not answer and must
    private Optional<JsonNode> ask(Webhook webhook, Question question) {
        Optional<String> version = webhook.interested(question, store);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        try {
            asked.incrementAndGet();
            JsonNode response = client.ask(webhook, request(question, version.get()));
            if (!response.path("allowed").asBoolean()) {
                throw ApiError.denied(
                        response.path("status").path("code").asInt(403),
                        webhook.name(),
                        Tree.text(response, "status", "message"));
            }
            return Optional.of(response);
        } catch (IOException e) {
            String problem = "failed calling webhook \"" + webhook.name() + "\": " + e.getMessage();
            if (webhook.mustAnswer()) {
                throw ApiError.internal(problem);
            }
            ignored.incrementAndGet();
            LOG.info("{} (ignored, as its failurePolicy says)", problem);
            return Optional.empty();
        }
    }

    private static ObjectNode request(Question question, String version) {
        ApiPath path = question.path();
        ResourceType type = path.type();
        ObjectNode review = Tree.object();
        review.put("kind", "AdmissionReview");
        review.put("apiVersion", "admission.k8s.io/v1");
        ObjectNode request = review.putObject("request");
        request.put("uid", UUID.randomUUID().toString());
        request.set("kind", kind(type, version, path.subresource()));
        request.set("resource", resource(type, version));
        request.set("requestKind", kind(type, path.version(), path.subresource()));
        request.set("requestResource", resource(type, path.version()));
        if (!path.subresource().isEmpty()) {
            request.put("subResource", path.subresource());
            request.put("requestSubResource", path.subresource());
        }
        request.put("name", path.name());
        if (type.namespaced()) {
            request.put("namespace", path.namespace());
        }
        request.put("operation", question.operation().name());
        request.putObject("userInfo").put("username", question.intent().user());
        request.set("object", converted(question.object(), type, version, path.subresource()));
        request.set("oldObject", converted(question.before(), type, version, path.subresource()));
        request.put("dryRun", question.intent().dryRun());
        request.putObject("options").put("fieldManager", question.intent().manager());
        return review;
    }

    private static @Nullable ObjectNode converted(
            @Nullable ObjectNode object, ResourceType type, String version, String subresource) {
        if (object == null || subresource.equals("scale")) {
            return object;
        }
        return object.deepCopy().put("apiVersion", type.apiVersion(version));
    }

    private static ObjectNode kind(ResourceType type, String version, String subresource) {
        boolean scale = subresource.equals("scale");
        return Tree.object()
                .put("group", scale ? "autoscaling" : type.group())
                .put("version", scale ? "v1" : version)
                .put("kind", scale ? "Scale" : type.kind());
    }

    private static ObjectNode resource(ResourceType type, String version) {
        return Tree.object().put("group", type.group()).put("version", version).put("resource", type.plural());
    }

    private static ObjectNode subject(Question question) {
        return Objects.requireNonNull(
                question.object() == null ? question.before() : question.object(), "a review is about something");
    }

    /// How often a webhook was asked, and how often one did not answer and was passed over.
    ApiServer.Reviews count() {
        return new ApiServer.Reviews(asked.get(), ignored.get());
    }

    @Override
    public void close() {
        client.close();
    }
}

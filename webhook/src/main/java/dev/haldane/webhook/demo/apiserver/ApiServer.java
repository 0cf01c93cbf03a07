package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haldane.webhook.demo.apiserver.ObjectStore.Change;
import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import dev.haldane.webhook.demo.http.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The API server: requests in, objects stored, watches told. Starts empty but for the namespace `default`.
public final class ApiServer implements AutoCloseable {

    /// @param asked   reviews sent to webhooks
    /// @param ignored of these, without an answer that could be used, and passed over by `failurePolicy: Ignore`
    public record Reviews(long asked, long ignored) {}

    private final ObjectStore store = new ObjectStore();
    private final ResourceTypes types = new ResourceTypes();
    private final WebhookAdmission admission = new WebhookAdmission(store);
    private final Discovery discovery = new Discovery(types);
    private final Reads reads = new Reads(store);
    private final Writes writes = new Writes(store, admission);
    private final LoopbackServer server;

    private ApiServer(int port) throws IOException {
        store.follow(0, this::serveNewTypes);
        ObjectNode namespace = Tree.object();
        Tree.metadata(namespace).put("name", "default");
        ApiPath path = new ApiPath(ResourceTypes.NAMESPACES, "v1", "", "", "");
        store.insert(ResourceTypes.NAMESPACES, Preparation.forCreate(path, namespace));
        server = LoopbackServer.start("api-server", port, this::answer);
        new GarbageCollector(store, types).attach();
    }

    /// @param port 0 for any that is free
    public static ApiServer start(int port) throws IOException {
        return new ApiServer(port);
    }

    public URI uri() {
        return server.uri();
    }

    public Reviews reviews() {
        return admission.count();
    }

    private void serveNewTypes(Change change) {
        if (change.type().equals(ResourceTypes.DEFINITIONS)) {
            if (change.kind() == Change.Kind.DELETED) {
                types.undefine(change.after());
            } else {
                types.define(change.after());
            }
        }
    }

    private Answer answer(Call call) throws IOException {
        try {
            return switch (call.path()) {
                case "/healthz", "/livez", "/readyz" -> Answer.text(200, "ok");
                case "/apis/authentication.k8s.io/v1/selfsubjectreviews" ->
                    Answer.json(201, Tree.print(whoAmI(body(call), intent(call).user())));
                default -> objects(call);
            };
        } catch (ApiError e) {
            return Answer.json(e.code(), Tree.print(e.status()));
        }
    }

    private Answer objects(Call call) throws IOException {
        Optional<ObjectNode> known = call.method().equals("GET") ? discovery.answer(call.path()) : Optional.empty();
        if (known.isPresent()) {
            return Answer.json(200, Tree.print(known.get()));
        }
        ApiPath path = ApiPath.parse(call.path(), types).orElseThrow(ApiError::noSuchPath);
        Intent intent = intent(call);
        return switch (call.method()) {
            case "GET" -> path.name().isEmpty() ? reads.collection(path, call) : one(200, path, reads.get(path));
            case "POST" -> one(201, path, writes.create(path, body(call), intent));
            case "PUT" -> one(200, path, writes.update(path, body(call), intent));
            case "PATCH" -> one(200, path, writes.patch(path, media(call), call.bytes(), intent));
            case "DELETE" -> delete(path, call, intent);
            default -> throw ApiError.methodNotAllowed(call.method());
        };
    }

    private Answer delete(ApiPath path, Call call, Intent intent) throws IOException {
        byte[] body = call.bytes();
        ObjectNode options = body.length == 0 ? Tree.object() : Tree.parseObject(body);
        if (!path.name().isEmpty()) {
            ObjectNode gone = writes.delete(path, options, intent);
            return Answer.json(200, Tree.print(success(path, gone)));
        }
        store.list(path.type(), path.namespace()).items().stream()
                .filter(Reads.selector(call))
                .forEach(object -> writes.delete(
                        new ApiPath(path.type(), path.version(), Tree.namespace(object), Tree.name(object), ""),
                        Tree.object(),
                        intent));
        return Answer.json(200, Tree.print(success(path, Tree.object())));
    }

    private static ObjectNode success(ApiPath path, ObjectNode gone) {
        ObjectNode status =
                Tree.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.putObject("metadata");
        status.putObject("details")
                .put("name", path.name())
                .put("group", path.type().group())
                .put("kind", path.type().plural())
                .put("uid", Tree.uid(gone));
        return status;
    }

    /// [SelfSubjectReview](https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review)
    private static ObjectNode whoAmI(ObjectNode review, String user) {
        review.putObject("status").putObject("userInfo").put("username", user);
        return review;
    }

    private static Answer one(int code, ApiPath path, ObjectNode object) {
        boolean scale = path.subresource().equals("scale");
        ObjectNode shown = scale && !Tree.text(object, "kind").equals("Scale") ? Scale.of(object) : object;
        return Answer.json(code, Tree.print(scale ? shown : Reads.inVersion(path, shown)));
    }

    private static ObjectNode body(Call call) throws IOException {
        return Tree.parseObject(call.bytes());
    }

    private static String media(Call call) {
        String type = call.header("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip();
    }

    private static Intent intent(Call call) {
        String user = call.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()))
                .orElse("system:anonymous");
        return new Intent(
                user,
                call.param("fieldManager").orElse(""),
                call.param("dryRun").isPresent());
    }

    @Override
    public void close() {
        reads.close();
        server.close();
        admission.close();
    }
}

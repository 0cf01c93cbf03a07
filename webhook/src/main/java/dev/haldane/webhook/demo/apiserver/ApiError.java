package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A refusal, which the client gets as a `Status` object ([API
/// conventions](https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#response-status-kind)).
final class ApiError extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    private ApiError(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }

    static ApiError notFound(ResourceType type, String name) {
        return new ApiError(404, "NotFound", type.qualified() + " \"" + name + "\" not found");
    }

    static ApiError noSuchPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError methodNotAllowed(String method) {
        return new ApiError(405, "MethodNotAllowed", "the server does not allow " + method + " here");
    }

    static ApiError alreadyExists(ResourceType type, String name) {
        return new ApiError(409, "AlreadyExists", type.qualified() + " \"" + name + "\" already exists");
    }

    static ApiError conflict(ResourceType type, String name) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualified() + " \"" + name + "\": the object has been"
                        + " modified; please apply your changes to the latest version and try again");
    }

    static ApiError expired(long asked, long oldest) {
        return new ApiError(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }

    static ApiError unsupportedMediaType(String contentType) {
        return new ApiError(
                415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + contentType);
    }

    static ApiError invalid(String message) {
        return new ApiError(422, "Invalid", message);
    }

    static ApiError invalid(ResourceType type, String name, String problem) {
        return invalid(type.kind() + (type.group().isEmpty() ? "" : "." + type.group()) + " \"" + name
                + "\" is invalid: " + problem);
    }

    static ApiError internal(String message) {
        return new ApiError(500, "InternalError", "Internal error occurred: " + message);
    }

    /// A webhook said no.
    ///
    /// @param code what the webhook asked for, or 403
    static ApiError denied(int code, String webhook, String message) {
        return new ApiError(
                code,
                code == 403 ? "Forbidden" : "",
                "admission webhook \"" + webhook + "\" denied the request"
                        + (message.isEmpty() ? " without explanation" : ": " + message));
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        ObjectNode status = Tree.object();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure");
        status.put("message", getMessage());
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        status.put("code", code);
        return status;
    }
}

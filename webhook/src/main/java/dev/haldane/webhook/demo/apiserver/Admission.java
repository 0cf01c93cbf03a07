package dev.haldane.webhook.demo.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Has the last word on what is stored.
interface Admission {

    enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /// @param before null if the object is new
    /// @param object null if the object is to go
    record Question(
            Operation operation,
            ApiPath path,
            @Nullable ObjectNode before,
            @Nullable ObjectNode object,
            Intent intent) {}

    /// The object as it may be stored; for a deletion the object as it was.
    ///
    /// @throws ApiError if it may not be stored
    ObjectNode review(Question question);
}

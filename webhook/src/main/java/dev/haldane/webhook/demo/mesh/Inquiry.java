package dev.haldane.webhook.demo.mesh;

import java.util.Map;

/// What routing looks at in a request.
///
/// @param gateway through which it came, `mesh` for requests from inside
/// @param host    without a port
/// @param headers by lower-case name
record Inquiry(String gateway, String host, String path, Map<String, String> headers) {
    Inquiry {
        headers = Map.copyOf(headers);
    }
}

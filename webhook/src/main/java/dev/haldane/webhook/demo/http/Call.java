package dev.haldane.webhook.demo.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP request.
///
/// @param path    decoded, without the query
/// @param query   parameters in their order, each with all of its values
/// @param headers by lower-case name; several values of one name are joined by `, `
/// @param body    to be read once
public record Call(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, InputStream body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The first value of a query parameter.
    public Optional<String> param(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    public boolean flag(String name) {
        return param(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    public byte[] bytes() throws IOException {
        return body.readAllBytes();
    }
}

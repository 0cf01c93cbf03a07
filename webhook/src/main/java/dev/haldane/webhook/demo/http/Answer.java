package dev.haldane.webhook.demo.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/// What an HTTP request is answered with.
public sealed interface Answer {

    int status();

    Map<String, String> headers();

    /// An answer that is there as a whole, and so has a length.
    record Whole(int status, Map<String, String> headers, ByteBuffer body) implements Answer {}

    /// An answer that is still being made while it is sent, in chunks.
    record Streamed(int status, Map<String, String> headers, Body body) implements Answer {}

    /// Writes the body. Each `write` goes to the client at once.
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    static Answer of(int status, String contentType, byte[] body) {
        return new Whole(status, Map.of("Content-Type", contentType), ByteBuffer.wrap(body));
    }

    static Answer json(int status, String body) {
        return of(status, "application/json", body.getBytes(UTF_8));
    }

    static Answer text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(UTF_8));
    }
}

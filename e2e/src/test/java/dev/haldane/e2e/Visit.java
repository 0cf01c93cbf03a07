package dev.haldane.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One request and its answer, by a connection of its own, so that nobody tries it again behind our back.
///
/// @param status  of the answer; 0 if there was none
/// @param version of the backend that answered; `""` if nobody behind the gateway did
/// @param problem why there was no answer; `""` if there was
public record Visit(int status, String version, String problem) {

    private static final int TIMEOUT_MILLIS = 5000;

    /// @param host the `Host` header, by which the gateway chooses the route
    public static Visit to(URI gateway, String host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return answered(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Visit(0, "", String.valueOf(e));
        }
    }

    private static Visit answered(String answer) {
        if (!answer.startsWith("HTTP/1.1 ")) {
            return new Visit(0, "", "no answer: " + answer);
        }
        var version = answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(Backends.VERSION + ":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
        return new Visit(Integer.parseInt(answer.substring(9, 12)), version.orElse(""), "");
    }

    boolean isGood() {
        return status == 200;
    }
}

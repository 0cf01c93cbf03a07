package dev.haldane.webhook.http;

import dev.haldane.postrender.config.UserError;

/// Where a server listens.
///
/// @param host a name or an address of this machine
/// @param port 0 to 65535; 0 lets the system choose
public record Listen(String host, int port) {

    private static final int HIGHEST = 65_535;

    public Listen {
        if (host.isEmpty() || port < 0 || port > HIGHEST) {
            throw new IllegalArgumentException("not an address to listen on: " + host + ":" + port);
        }
    }

    /// Reads `HOST:PORT`, `[IPV6]:PORT` or `:PORT` (all addresses).
    ///
    /// @param option the option's name, for the message
    /// @throws UserError if the text is something else
    public static Listen parse(String option, String text) {
        var colon = text.lastIndexOf(':');
        var host = colon < 0 ? "" : text.substring(0, colon);
        var port = port(text.substring(colon + 1));
        var bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || port < 0 || (host.indexOf(':') >= 0 && !bracketed)) {
            throw UserError.usage(
                    option + ": '" + text + "' is not HOST:PORT",
                    "for example 0.0.0.0:8443, localhost:0 (the system chooses the port) or [::1]:8443");
        }
        var bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return new Listen(bare.isEmpty() ? "0.0.0.0" : bare, port);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return -1;
        }
        var port = Integer.parseInt(text);
        return port <= HIGHEST ? port : -1;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

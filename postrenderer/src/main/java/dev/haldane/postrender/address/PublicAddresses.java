package dev.haldane.postrender.address;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What hosts that only one cluster knows are called from outside. A host counts as a whole and with its port, and
/// only where an address has its host: never in the middle of a path.
///
/// @param byHost `docker-registry.jx.svc:5000` → `registry.example.com`, or with a scheme and a path
public record PublicAddresses(Map<String, String> byHost) {
    private static final String SCHEME_END = "://";
    private static final Set<String> WEB = Set.of("http", "https");
    private static final String REGISTRY_SCHEME = "oci";

    public PublicAddresses {
        byHost = Map.copyOf(byHost);
    }

    /// The host and port of a public address.
    public static String hostOf(String address) {
        var plain = withoutScheme(address);
        return plain.substring(0, hostEnd(plain));
    }

    /// An image reference: its registry is what stands before the first slash, if that has a dot or a port; else it
    /// is a folder of Docker Hub
    /// ([reference](https://github.com/distribution/reference/blob/main/normalize.go)). Tag and digest stay.
    public String image(String reference) {
        int slash = reference.indexOf('/');
        var registry = slash < 0 ? "" : reference.substring(0, slash);
        var address = isRegistry(registry) ? byHost.get(registry) : null;
        return address == null ? reference : withoutScheme(address) + reference.substring(slash);
    }

    /// The address of a chart repository. A public address that says a scheme says how to reach it.
    public String url(String url) {
        int end = url.indexOf(SCHEME_END);
        var scheme = end < 0 ? "" : url.substring(0, end);
        if (!WEB.contains(scheme) && !scheme.equals(REGISTRY_SCHEME)) {
            return url;
        }
        var rest = url.substring(end + SCHEME_END.length());
        int hostEnd = hostEnd(rest);
        int user = rest.lastIndexOf('@', hostEnd - 1) + 1;
        return Optional.ofNullable(byHost.get(rest.substring(user, hostEnd)))
                .map(address -> (WEB.contains(scheme) ? schemeOf(address).orElse(scheme) : scheme)
                        + SCHEME_END
                        + rest.substring(0, user)
                        + withoutScheme(address)
                        + rest.substring(hostEnd))
                .orElse(url);
    }

    /// A text of which nobody says what it is, such as a chart's value: an address with a scheme, an image without its
    /// tag, or a registry alone.
    public String value(String text) {
        if (text.contains(SCHEME_END)) {
            return url(text);
        }
        var alone = isRegistry(text) ? byHost.get(text) : null;
        return alone == null ? image(text) : withoutScheme(alone);
    }

    private static boolean isRegistry(String host) {
        return host.indexOf('.') >= 0 || host.indexOf(':') >= 0 || host.equals("localhost");
    }

    private static Optional<String> schemeOf(String address) {
        int end = address.indexOf(SCHEME_END);
        return end < 0 ? Optional.empty() : Optional.of(address.substring(0, end));
    }

    private static String withoutScheme(String address) {
        return schemeOf(address)
                .map(scheme -> address.substring(scheme.length() + SCHEME_END.length()))
                .orElse(address);
    }

    private static int hostEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("/?#".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}

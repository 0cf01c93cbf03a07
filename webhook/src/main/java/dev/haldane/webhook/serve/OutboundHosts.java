package dev.haldane.webhook.serve;

import dev.haldane.postrender.config.UserError;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the server may call beside names inside the cluster: nobody who can write a Canary or a configuration should
/// make it call anywhere else.
///
/// @param patterns host names, `*` stands for any characters
public record OutboundHosts(List<String> patterns) {

    private static final Pattern SCP_LIKE = Pattern.compile("(?:[^@/]+@)?([^:/]+):(?!//).*");
    private static final Pattern AUTHORITY =
            Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^@/]*@)?(\\[[^]]*]|[^:/?#]*).*");

    public OutboundHosts {
        patterns = List.copyOf(patterns);
    }

    static OutboundHosts parse(String option, String text) {
        var patterns = Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (patterns.equals(List.of(""))) {
            return new OutboundHosts(List.of());
        }
        for (var pattern : patterns) {
            if (!pattern.matches("[a-zA-Z0-9*.:\\[\\]-]+")) {
                throw UserError.usage(
                        option + ": '" + pattern + "' is not a host name", "for example github.com,*.example.com");
            }
        }
        return new OutboundHosts(patterns);
    }

    /// Whether a host may be called: it is a Service of the cluster, or a pattern names it.
    public boolean allows(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return inCluster(name) || patterns.stream().anyMatch(pattern -> glob(pattern, name));
    }

    private static boolean inCluster(String name) {
        var single = !name.contains(".") && !name.contains(":") && !name.equals("localhost");
        return single || name.endsWith(".svc") || name.endsWith(".svc.cluster.local");
    }

    private static boolean glob(String pattern, String name) {
        var regex = Stream.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return name.matches(regex);
    }

    /// @param field where the address stands, for the message
    /// @throws UserError if the address leads where we may not go
    void require(String field, String address) {
        var host = host(address);
        if (!host.isEmpty() && !allows(host)) {
            throw UserError.usage(
                    field + ": " + host + " is not a name inside the cluster, and --outbound-hosts does not name it",
                    "--outbound-hosts "
                            + Stream.concat(patterns.stream(), Stream.of(host)).collect(Collectors.joining(",")));
        }
    }

    /// The host of a URL or of `user@host:path`; `""` for a path on this machine.
    private static String host(String address) {
        for (var form : List.of(AUTHORITY, SCP_LIKE)) {
            Matcher matcher = form.matcher(address);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}

package dev.haldane.postrender.candidate;

import dev.haldane.postrender.config.RoutingDefaults.PreviewDefaults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Previews and staging environments that get a share of production's requests, written `jx-staging=5,jx-pr-35=1`.
///
/// @param shares of different namespaces; together 99 % at most
public record Previews(List<Share> shares) {
    public static final Previews NONE = new Previews(List.of());

    private static final int MOST_PERCENT = 99;
    private static final int LONGEST_NAME = 63;

    /// @param namespace whose Service of production's name gets the requests
    /// @param percent   of production's requests, 1 to 99
    public record Share(String namespace, int percent) {
        @Override
        public String toString() {
            return namespace + "=" + percent;
        }
    }

    /// The text says something that cannot be.
    public static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String wanted;

        private Malformed(String text, String wanted) {
            super("\"" + text + "\" should be " + wanted);
            this.wanted = wanted;
        }

        /// What would be right.
        public String wanted() {
            return wanted;
        }
    }

    public Previews {
        shares = List.copyOf(shares);
    }

    /// @throws Malformed with what would be right
    public static Previews parse(String text) {
        var shares = new ArrayList<Share>();
        var namespaces = new HashSet<String>();
        for (int from = 0; from < text.length(); ) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            var share = share(text, text.substring(from, to).strip());
            if (!namespaces.add(share.namespace())) {
                throw new Malformed(text, "one share for each namespace, and " + share.namespace() + " has two");
            }
            shares.add(share);
            from = to + 1;
        }
        var previews = new Previews(shares);
        if (previews.percent() > MOST_PERCENT) {
            throw new Malformed(text, "at most " + MOST_PERCENT + " % together, and is " + previews.percent() + " %");
        }
        return previews;
    }

    private static Share share(String text, String part) {
        int equals = part.indexOf('=');
        var namespace = equals < 0 ? "" : part.substring(0, equals).strip();
        int percent = equals < 0 ? 0 : percent(part.substring(equals + 1).strip());
        if (!isName(namespace)) {
            throw new Malformed(text, "<namespace>=<percent>, such as jx-staging=5");
        }
        if (percent < 1 || percent > MOST_PERCENT) {
            throw new Malformed(text, "<namespace>=<percent> with a whole percent from 1 to " + MOST_PERCENT);
        }
        return new Share(namespace, percent);
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                && text.charAt(0) != '-'
                && text.charAt(text.length() - 1) != '-';
    }

    private static int percent(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }

    /// What the configuration gives to the previews of one application.
    static Previews of(List<PreviewDefaults> defaults, List<String> names) {
        return new Previews(defaults.stream()
                .filter(preview -> names.contains(preview.app()))
                .map(preview -> new Share(preview.namespace(), preview.percent()))
                .toList());
    }

    public boolean isEmpty() {
        return shares.isEmpty();
    }

    /// All of them together.
    public int percent() {
        return shares.stream().mapToInt(Share::percent).sum();
    }

    boolean has(String namespace) {
        return shares.stream().anyMatch(share -> share.namespace().equals(namespace));
    }

    @Override
    public String toString() {
        return shares.stream().map(Share::toString).collect(Collectors.joining(","));
    }
}

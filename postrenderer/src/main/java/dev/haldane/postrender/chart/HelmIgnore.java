package dev.haldane.postrender.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a chart's `.helmignore` keeps out of the package
/// ([rules](https://helm.sh/docs/chart_template_guide/helm_ignore_file/)).
final class HelmIgnore {
    private final List<Rule> rules = new ArrayList<>();

    /// @param directories whether it is about directories only
    /// @param whole       whether it is about the whole path rather than the last name
    private record Rule(Pattern pattern, boolean negated, boolean directories, boolean whole) {}

    HelmIgnore(String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    boolean negated = line.startsWith("!");
                    String rest = negated ? line.substring(1) : line;
                    boolean directories = rest.endsWith("/");
                    String glob = directories ? rest.substring(0, rest.length() - 1) : rest;
                    boolean rooted = glob.startsWith("/");
                    glob = rooted ? glob.substring(1) : glob;
                    rules.add(new Rule(regex(glob), negated, directories, rooted || glob.contains("/")));
                });
    }

    /// @param path within the chart, with `/`
    boolean hides(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (hides(path.substring(0, slash), true)) {
                return true;
            }
        }
        return hides(path, false);
    }

    private boolean hides(String path, boolean directory) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean hidden = false;
        for (Rule rule : rules) {
            boolean concerned = directory || !rule.directories;
            if (concerned && rule.pattern.matcher(rule.whole ? path : name).matches()) {
                hidden = !rule.negated;
            }
        }
        return hidden;
    }

    private static Pattern regex(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[', ']' -> regex.append(c);
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}

package dev.haldane.postrender.chart;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what keeps a chart from rendering with its own values: a template that asks `.Values.a.b` where there is
/// no map `a`. Only actions that run in any case are looked at.
final class MissingValues {
    private static final Pattern CHAIN = Pattern.compile("(?<![\\w)])(?:\\$)?\\.Values((?:\\.\\w+){2,})");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`");
    private static final Pattern LAZY =
            Pattern.compile("(?:if |with |else if )?[(\\s]*(?:and|or)\\b.*", Pattern.DOTALL);

    private final Mapping values;
    private final List<String> dependencies;

    MissingValues(Mapping values, List<String> dependencies) {
        this.values = values;
        this.dependencies = dependencies;
    }

    /// @param offset of the action that asks
    record Missing(int offset, String problem) {}

    Optional<Missing> in(GoTemplate template) {
        return template.actions().stream()
                .filter(action -> action.keyword() != Keyword.COMMENT && action.keyword() != Keyword.DEFINE)
                .filter(action -> template.around(action.start()).isEmpty() && !isElse(action))
                .filter(action -> !LAZY.matcher(action.body()).matches())
                .flatMap(action -> missing(action).stream())
                .findFirst();
    }

    private static boolean isElse(Action action) {
        return action.keyword() == Keyword.ELSE || action.keyword() == Keyword.END;
    }

    private Optional<Missing> missing(Action action) {
        Matcher chain = CHAIN.matcher(STRING.matcher(action.body()).replaceAll("\"\""));
        while (chain.find()) {
            List<String> keys = Arrays.asList(chain.group(1).substring(1).split("\\."));
            Optional<String> gap = gap(keys);
            if (gap.isPresent()) {
                String asked = ".Values" + chain.group(1);
                return Optional.of(
                        new Missing(action.start(), "asks for " + asked + ", but values.yaml has no map " + gap.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> gap(List<String> keys) {
        if (keys.getFirst().equals("global") || dependencies.contains(keys.getFirst())) {
            return Optional.empty();
        }
        for (int depth = 1; depth < keys.size(); depth++) {
            Node there = values.at(keys.subList(0, depth)).orElse(Node.Scalar.NULL);
            if (!(there instanceof Mapping)) {
                return Optional.of(String.join(".", keys.subList(0, depth)));
            }
        }
        return Optional.empty();
    }
}

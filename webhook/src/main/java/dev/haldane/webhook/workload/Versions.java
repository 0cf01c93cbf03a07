package dev.haldane.webhook.workload;

import dev.haldane.webhook.cluster.KubeObject;
import java.util.List;
import java.util.regex.Pattern;

/// What people call a revision.
final class Versions {

    // Helm's `name-version`, where both parts may have hyphens; labels have `_` for the `+` of a build.
    private static final Pattern CHART = Pattern.compile(".+?-(v?\\d+\\.\\d+(?:\\.\\d+)?.*)");

    private Versions() {}

    /// The first container's image tag; `""` if it has none.
    static String app(KubeObject target) {
        var image = target.at("spec", "template", "spec", "containers")
                .path(0)
                .path("image")
                .asText();
        var name = image.substring(image.lastIndexOf('/') + 1);
        int digest = name.indexOf('@');
        var tagged = digest < 0 ? name : name.substring(0, digest);
        int colon = tagged.indexOf(':');
        return colon < 0 ? "" : tagged.substring(colon + 1);
    }

    /// From the labels `helm.sh/chart` or `chart`; `""` if there is neither.
    static String chart(KubeObject target) {
        for (var key : List.of("helm.sh/chart", "chart")) {
            var chart = CHART.matcher(target.label(key));
            if (chart.matches()) {
                return chart.group(1).replace('_', '+');
            }
        }
        return "";
    }
}

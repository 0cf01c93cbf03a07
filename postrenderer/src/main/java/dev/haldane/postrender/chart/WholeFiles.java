package dev.haldane.postrender.chart;

import dev.haldane.postrender.candidate.Candidate;
import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;

/// A Deployment and a Service whose templates say things in a way that cannot be edited line by line: each file
/// becomes a template of its own, and what it renders to is asked for its names, and changed, as an object.
///
/// @param prefix of our helpers
/// @param label  the label that tells the primary's pods from the canary's
record WholeFiles(String prefix, String label, Candidate candidate) {

    /// The name of the template that a file becomes.
    String file(String kind) {
        return prefix + "." + kind + ".file";
    }

    /// What is rendered in the place of a file.
    String instead(String kind) {
        return "{{ if include \"" + prefix + ".on\" $ }}{{ include \"" + prefix + "." + kind
                + ".on\" $ }}{{ else }}{{ include \"" + file(kind) + "\" $ }}{{ end }}";
    }

    Borrowed name(String kind) {
        return new Borrowed("{{ " + dig(kind, "\"metadata\" \"name\" \"\"") + " }}");
    }

    Borrowed namespace(String kind) {
        boolean named = !(kind.equals("service") ? candidate.apex() : candidate.deployment())
                .namespace()
                .isEmpty();
        return named ? new Borrowed("{{ " + dig(kind, "\"metadata\" \"namespace\" \"\"") + " }}") : Borrowed.NOTHING;
    }

    Borrowed replicas() {
        boolean said = candidate.deployment().at("spec", "replicas").isPresent();
        return said
                ? new Borrowed("{{ toString (" + dig("deployment", "\"spec\" \"replicas\" \"\"") + ") }}")
                : Borrowed.NOTHING;
    }

    String labelText() {
        return "{{ get (" + dig("service", "\"spec\" \"selector\" (dict)") + ") \"" + label + "\" }}";
    }

    Guards guards() {
        return new Guards(List.of(
                List.of("if eq (" + dig("deployment", "\"kind\" \"\"") + ") \"Deployment\""),
                List.of("if eq (" + dig("service", "\"kind\" \"\"") + ") \"Service\""),
                List.of("if gt (len (" + ports() + ")) " + place())));
    }

    /// The port, by its place among the Service's.
    PortText port() {
        String port = "(index (" + ports() + ") " + place() + ")";
        Node chosen = candidate.apex().root().items("spec", "ports").get(place());
        boolean named =
                chosen.text("name").filter(candidate.port().name()::equals).isPresent();
        var number = new Borrowed("{{ get " + port + " \"port\" }}");
        var target = new Borrowed("{{ default (get " + port + " \"port\") (get " + port + " \"targetPort\") }}");
        String name =
                named ? "{{ get " + port + " \"name\" }}" : candidate.port().name();
        return new PortText(number, name, target, false, List.of("gt (len (" + ports() + ")) 1"));
    }

    private String ports() {
        return "default (list) (" + dig("service", "\"spec\" \"ports\" (list)") + ")";
    }

    private int place() {
        List<Node> ports = candidate.apex().root().items("spec", "ports");
        for (int i = 0; i < ports.size(); i++) {
            String number = ports.get(i).text("port").orElse("");
            if (number.equals(String.valueOf(candidate.port().number()))) {
                return i;
            }
        }
        throw new UnsupportedShape(1, "the port " + candidate.port().number() + " cannot be told");
    }

    /// The templates that change the objects.
    List<String> helpers() {
        var lines = new ArrayList<String>();
        lines.addAll("""
                {{- define "PREFIX.deployment.on" -}}
                {{- $object := fromYaml (include "PREFIX.deployment.file" .) -}}
                {{- $spec := omit $object.spec "replicas" -}}
                {{- $metadata := $object.metadata -}}
                {{- $note := include "PREFIX.note" . -}}
                {{- if $note -}}
                {{- $annotations := merge (dict "REPLICAS" $note) (default (dict) $metadata.annotations) -}}
                {{- $metadata = merge (dict "annotations" $annotations) (omit $metadata "annotations") -}}
                {{- end -}}
                {{- toYaml (merge (dict "spec" $spec "metadata" $metadata) (omit $object "spec" "metadata")) -}}
                {{- end -}}
                {{- define "PREFIX.service.on" -}}
                {{- $object := fromYaml (include "PREFIX.service.file" .) -}}
                {{- $primary := printf "%sPRIMARY" (get $object.spec.selector "LABEL") -}}
                {{- $selector := merge (dict "LABEL" $primary) (omit $object.spec.selector "LABEL") -}}
                {{- $spec := merge (dict "selector" $selector) (omit $object.spec "selector") -}}
                {{- $annotations := merge (dict "CHANGED" "selector") (default (dict) $object.metadata.annotations) -}}
                {{- $metadata := merge (dict "annotations" $annotations) (omit $object.metadata "annotations") -}}
                {{- toYaml (merge (dict "spec" $spec "metadata" $metadata) (omit $object "spec" "metadata")) -}}
                {{- end -}}
                """.replace("PREFIX", prefix)
                .replace("-PRIMARY", Marks.PRIMARY)
                .replace("PRIMARY", Marks.PRIMARY)
                .replace("LABEL", label)
                .replace("REPLICAS", Marks.REPLICAS)
                .replace("CHANGED", Marks.CHANGED)
                .lines()
                .toList());
        return lines;
    }

    private String dig(String kind, String path) {
        return "dig " + path + " (fromYaml (include \"" + file(kind) + "\" .))";
    }
}

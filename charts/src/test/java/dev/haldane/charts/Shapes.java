package dev.haldane.charts;

import java.util.List;
import java.util.stream.Stream;

/// Shapes in which people write a Deployment and its Service.
final class Shapes {
    private static final String DEPLOYMENT = "templates/deployment.yaml";
    private static final String SERVICE = "templates/service.yaml";

    private Shapes() {}

    static Stream<Shape> all() {
        return Stream.of(ports(), labels(), files(), names()).flatMap(List::stream);
    }

    private static List<Shape> ports() {
        return List.of(
                Shape.of("helm create"),
                Shape.ports("a flow list of flow ports", "  ports: [{name: http, port: 80, targetPort: 8080}]\n"),
                Shape.ports(
                        "flow ports with actions",
                        "  ports:\n    - {name: http, port: {{ .Values.service.port }}, targetPort: http}\n"),
                Shape.ports(
                        "several flow ports",
                        "  ports:\n  - { port: 80, name: http }\n  - { port: 9090, name: tcp-metrics }\n"),
                Shape.ports(
                        "ports as JSON", "  ports: [ { \"name\": \"http\", \"port\": {{ .Values.service.port }} } ]\n"),
                Shape.ports(
                                "ports printed from values",
                                "  ports:\n    {{- toYaml .Values.service.ports | nindent 4 }}\n")
                        .values("  ports:\n    - {name: http, port: 80, targetPort: 8080}\n"),
                Shape.ports("ports in a loop over a list", """
                          ports:
                          {{- range .Values.service.ports }}
                            - name: {{ .name }}
                              port: {{ .port }}
                          {{- end }}
                        """)
                        .values("  ports:\n    - {name: http, port: 80}\n    - {name: tcp-x, port: 81}\n"),
                Shape.ports("ports in a loop over a map", """
                          ports:
                          {{- range $name, $port := .Values.service.ports }}
                            - name: {{ $name }}
                              port: {{ $port }}
                          {{- end }}
                        """).values("  ports:\n    http: 80\n    tcp-x: 81\n"),
                Shape.ports("ports inside of a with", """
                          {{- with .Values.service }}
                          ports:
                            - name: http
                              port: {{ .port }}
                          {{- end }}
                        """));
    }

    private static List<Shape> labels() {
        return List.of(
                Shape.of("flow selectors")
                        .replaced(DEPLOYMENT, Shape.MATCH, "    matchLabels: {app: {{ .Chart.Name }}}\n")
                        .replaced(DEPLOYMENT, Shape.LABELS, "      labels: {app: {{ .Chart.Name }}}\n")
                        .replaced(SERVICE, Shape.SELECTOR, "  selector: {app: {{ .Chart.Name }}}\n"),
                Shape.of("labels printed from values")
                        .values("labels:\n  app: web\n  tier: front\n")
                        .replaced(
                                DEPLOYMENT, Shape.MATCH, "    matchLabels: {{- toYaml .Values.labels | nindent 6 }}\n")
                        .replaced(DEPLOYMENT, Shape.LABELS, "      labels: {{- toYaml .Values.labels | nindent 8 }}\n")
                        .replaced(SERVICE, Shape.SELECTOR, "  selector: {{- toYaml .Values.labels | nindent 4 }}\n"),
                Shape.of("labels merged from maps")
                        .replaced(DEPLOYMENT, Shape.LABELS, Shape.LABELS + "        a: b\n")
                        .replaced(
                                SERVICE,
                                Shape.SELECTOR,
                                "  selector:\n    {{- merge (dict \"a\" \"b\") (include \"app.selectorLabels\" . | fromYaml) | toYaml | nindent 4 }}\n"),
                Shape.of("a component beside the labels")
                        .replaced(DEPLOYMENT, Shape.MATCH, Shape.MATCH + "      app.kubernetes.io/component: web\n")
                        .replaced(DEPLOYMENT, Shape.LABELS, Shape.LABELS + "        app.kubernetes.io/component: web\n")
                        .replaced(SERVICE, Shape.SELECTOR, Shape.SELECTOR + "    app.kubernetes.io/component: web\n"),
                Shape.of("an anchor for the labels")
                        .replaced(DEPLOYMENT, Shape.MATCH, "    matchLabels: &labels\n      app: web\n")
                        .replaced(DEPLOYMENT, Shape.LABELS, "      labels: *labels\n")
                        .replaced(SERVICE, Shape.SELECTOR, "  selector:\n    app: web\n"));
    }

    private static List<Shape> files() {
        return List.of(
                Shape.of("templates in folders")
                        .without(DEPLOYMENT)
                        .without(SERVICE)
                        .with("templates/web/deployment.yaml", Shape.DEPLOYMENT)
                        .with("templates/web/net/service.yaml", Shape.SERVICE),
                Shape.of("both in one file")
                        .without(SERVICE)
                        .with(DEPLOYMENT, Shape.DEPLOYMENT + "---\n" + Shape.SERVICE),
                Shape.of("a library in charts/")
                        .without("templates/_helpers.tpl")
                        .with(
                                "charts/common/Chart.yaml",
                                "apiVersion: v2\nname: common\ntype: library\nversion: 1.0.0\n")
                        .with(
                                "charts/common/templates/_names.tpl",
                                Shape.of("").files().getOrDefault("templates/_helpers.tpl", ""))
                        .with(
                                "Chart.yaml",
                                "apiVersion: v2\nname: app\nversion: 0.1.0\ndependencies:\n- {name: common, version: 1.0.0, repository: x}\n"),
                Shape.of("a sub-chart with an alias")
                        .with("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n")
                        .with(
                                "charts/sub/templates/map.yaml",
                                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\n")
                        .with(
                                "Chart.yaml",
                                "apiVersion: v2\nname: app\nversion: 0.1.0\ndependencies:\n- {name: sub, alias: db, version: 1.0.0}\n"),
                Shape.of("a file canary.yaml with something else")
                        .with("templates/canary.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bird\n"));
    }

    private static List<Shape> names() {
        return List.of(
                Shape.of("names in variables of the file")
                        .with(
                                DEPLOYMENT,
                                "{{- $name := include \"app.fullname\" . -}}\n"
                                        + Shape.DEPLOYMENT.replace(Shape.NAME, "{{ $name }}"))
                        .with(
                                SERVICE,
                                "{{- $name := include \"app.fullname\" . -}}\n"
                                        + Shape.SERVICE.replace(Shape.NAME, "{{ $name }}")),
                Shape.of("names by tpl")
                        .values("name: \"{{ .Release.Name }}-web\"\n")
                        .with(DEPLOYMENT, Shape.DEPLOYMENT.replace(Shape.NAME, "{{ tpl .Values.name . }}"))
                        .with(SERVICE, Shape.SERVICE.replace(Shape.NAME, "{{ tpl .Values.name . | quote }}")),
                Shape.of("a Service inside of a with")
                        .with(
                                SERVICE,
                                "{{- with .Values.service }}\n"
                                        + Shape.SERVICE
                                                .replace(".Values.service.port", ".port")
                                                .replace("\" .", "\" $")
                                        + "{{- end }}\n"),
                Shape.of("metadata as a flow map")
                        .replaced(SERVICE, "metadata:\n  name: " + Shape.NAME, "metadata: {name: " + Shape.NAME + "}"),
                Shape.of("annotations on the key's line")
                        .values("annotations: {a: b}\n")
                        .replaced(
                                SERVICE,
                                "spec:\n",
                                "  annotations: {{- toYaml .Values.annotations | nindent 4 }}\nspec:\n"),
                Shape.of("a lookup")
                        .replaced(
                                DEPLOYMENT,
                                "spec:\n  replicas",
                                "  annotations:\n    old: "
                                        + "{{ lookup \"v1\" \"Secret\" .Release.Namespace \"x\" | toJson | quote }}\nspec:\n  replicas"));
    }
}

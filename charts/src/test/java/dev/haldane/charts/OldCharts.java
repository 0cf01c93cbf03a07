package dev.haldane.charts;

import java.util.List;
import java.util.stream.Stream;

/// Charts in the forms of 2018 to today: by era of their Deployment, and by form of their Canary.
final class OldCharts {
    static final String HPA_VALUES = """
            hpa:
              enabled: false
              minReplicas: 2
              maxReplicas: 6
              cpuTargetAverageUtilization: 80
            """;

    private OldCharts() {}

    static Stream<OldChart> all() {
        return Stream.concat(eras().stream(), OldForms.all().stream());
    }

    /// Charts that have no Canary yet.
    static List<OldChart> eras() {
        String old = OldChart.deployment("extensions/v1beta1", false);
        return List.of(
                OldChart.plain("A: extensions/v1beta1 without a selector", old)
                        .with("templates/ingress.yaml", INGRESS)
                        .with(
                                "values.yaml",
                                OldChart.plain("", old).files().get("values.yaml")
                                        + "ingress:\n  enabled: false\nbasedomain: example.com"),
                OldChart.plain("B: annotations of pods, no probes", old)
                        .replaced(
                                "templates/deployment.yaml",
                                "    spec:\n      containers:",
                                POD_ANNOTATIONS + "    spec:\n      containers:"),
                OldChart.plain("C: no line break at the end of files", old.stripTrailing())
                        .with("templates/service.yaml", OldChart.SERVICE.stripTrailing()),
                OldChart.plain("D: two ports, the key `name` twice", old)
                        .replaced("templates/deployment.yaml", ".internalPort", ".appPort")
                        .replaced("templates/service.yaml", "    name: http\n", SECOND_PORT)
                        .replaced(
                                "templates/service.yaml",
                                "    name: http\n  - name: admin",
                                "    name: app\n  - name: admin")
                        .replaced("templates/service.yaml", ".internalPort", ".appPort")
                        .replaced(
                                "values.yaml",
                                "  internalPort: 8080",
                                "  appPort: 8080\n  extAdminPort: 8081\n  adminPort: 8081"),
                OldChart.plain("E: whole files in the other branch of knativeDeploy", old)
                        .unless(".Values.knativeDeploy", "templates/deployment.yaml", "templates/service.yaml"),
                OldChart.plain("F: quoted environment, an empty scalar", old)
                        .replaced("templates/deployment.yaml", "        ports:", ENVIRONMENT + "        ports:")
                        .replaced(
                                "templates/deployment.yaml",
                                "    spec:\n      containers:",
                                "    spec:\n      terminationGracePeriodSeconds: {{ .Values.grace }}\n      containers:"),
                OldChart.plain(
                                "H: apps/v1 with a selector, an autoscaler of v2beta1",
                                OldChart.deployment("apps/v1", true))
                        .with("templates/hpa.yaml", OldChart.AUTOSCALER)
                        .replaced("values.yaml", "probePath", HPA_VALUES + "probePath"),
                OldChart.plain("apps/v1beta2, selector by appLabel", OldChart.deployment("apps/v1beta2", true))
                        .replaced(
                                "templates/deployment.yaml",
                                "      app: {{ template \"fullname\" . }}\n  template",
                                appLabel(6) + "  template")
                        .replaced(
                                "templates/deployment.yaml",
                                "        app: {{ template \"fullname\" . }}\n",
                                appLabel(8))
                        .replaced("templates/service.yaml", "    app: {{ template \"fullname\" . }}\n", appLabel(4)),
                OldChart.plain("extensions/v1beta1, labels by appLabel, no selector", old)
                        .replaced(
                                "templates/deployment.yaml",
                                "        app: {{ template \"fullname\" . }}\n",
                                appLabel(8))
                        .replaced("templates/service.yaml", "    app: {{ template \"fullname\" . }}\n", appLabel(4)));
    }

    static final String INGRESS = """
            {{- if .Values.ingress.enabled -}}
            apiVersion: extensions/v1beta1
            kind: Ingress
            metadata:
              name: {{ template "fullname" . }}
            spec:
              rules:
              - host: {{ .Release.Name }}.{{ .Values.basedomain }}
                http:
                  paths:
                  - path: /
                    backend:
                      serviceName: {{ template "fullname" . }}
                      servicePort: {{ .Values.service.externalPort }}
            {{- end -}}
            """;

    private static final String POD_ANNOTATIONS = """
            {{- if .Values.podAnnotations }}
                  annotations:
            {{ toYaml .Values.podAnnotations | indent 8 }}
            {{- end }}
            """;

    private static final String SECOND_PORT = """
                name: http
              - name: admin
                port: {{ .Values.service.extAdminPort }}
                targetPort: {{ .Values.service.adminPort }}
                name: http
            """;

    private static final String ENVIRONMENT = """
                    env:
            {{- range $pkey, $pval := .Values.env }}
                    - name: {{ $pkey }}
                      value: {{ quote $pval }}
            {{- end }}
                    envFrom:
            {{ toYaml .Values.envFrom | indent 10 }}
            """;

    private static String appLabel(int indent) {
        return """
                {{- if .Values.appLabel }}
                BLANKSapp: {{ .Values.appLabel }}
                {{- else }}
                BLANKSapp: {{ template "fullname" . }}
                {{- end }}
                """.replace("BLANKS", " ".repeat(indent));
    }
}

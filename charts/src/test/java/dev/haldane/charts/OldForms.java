package dev.haldane.charts;

import java.util.List;
import java.util.stream.Stream;

/// Charts whose Canary is their own, in the forms of 2019 to today.
final class OldForms {

    private OldForms() {}

    static List<OldChart> all() {
        return Stream.of(early(), packs(), later()).flatMap(List::stream).toList();
    }

    private static List<OldChart> early() {
        return List.of(
                OldChart.withCanary(
                        "F1: no switch but the namespace",
                        "{{- if eq .Release.Namespace \"jx-production\" }}\n"
                                + canary("v1alpha2", "jx-production-parrot", "canaryAnalysis", PLAIN_METRICS)
                                + "{{- end }}\n",
                        ""),
                OldChart.withCanary(
                                "F3: `enable`, metrics printed from values",
                                "{{- if eq .Release.Namespace \"jx-production\" }}\n"
                                        + "{{- if .Values.canary.enable }}\n" + F3 + "{{- end }}\n{{- end }}\n",
                                F3_VALUES)
                        .switched("canary.enable=true", "canary.enable=false"),
                OldChart.withCanary(
                                "F4: `enable`, today's metrics",
                                "{{- if .Values.canary.enable }}\n" + F3 + "{{- end }}\n",
                                F3_VALUES
                                        .replace("istio_requests_total", "request-success-rate")
                                        .replace("istio_request_duration_seconds_bucket", "request-duration"))
                        .switched("canary.enable=true", "canary.enable=false"),
                OldChart.withCanary(
                                "F5: `enable`, provider from values, values incomplete",
                                "{{- if .Values.canary.enable }}\n"
                                        + F3.replace("spec:\n", "spec:\n  provider: {{ .Values.canary.provider }}\n")
                                        + "{{- end }}\n",
                                "canary:\n  enable: false\n")
                        .switched("canary.enable=true", "canary.enable=false"));
    }

    /// As build packs of 2020 and later have it.
    private static List<OldChart> packs() {
        return List.of(
                packed("F6: metrics are a map, v1alpha3", "v1alpha3", "canaryAnalysis", "canaryAnalysis", OLD_MAP),
                packed("F7: v1beta1, values say canaryAnalysis", "v1beta1", "analysis", "canaryAnalysis", NEW_MAP),
                packed(
                                "F8: a MetricTemplate named latency",
                                "v1beta1",
                                "analysis",
                                "canaryAnalysis",
                                NEW_MAP + LATENCY.replace("  namespace: istio-system\n", ""))
                        .replaced("templates/canary.yaml", "{{- end }}\n---", "---")
                        .with(
                                "templates/canary.yaml",
                                "{{- if .Values.canary.enabled }}\n"
                                        + canary(
                                                "v1beta1",
                                                "{{ template \"fullname\" . }}",
                                                "analysis",
                                                NEW_MAP.replace("VALUES", "canaryAnalysis")
                                                        + LATENCY.replace("          namespace: istio-system\n", ""))
                                        + METRIC_TEMPLATE + "{{- end }}\n"),
                packed(
                                "F9: the template reads another key than the values have",
                                "v1beta1",
                                "analysis",
                                "canaryAnalysis",
                                NEW_MAP)
                        .replaced("values.yaml", "canaryAnalysis:", "analysis:"),
                packed("F10: host from jxRequirements", "v1beta1", "analysis", "analysis", NEW_MAP)
                        .replaced(
                                "templates/canary.yaml",
                                "{{ .Values.canary.host }}",
                                "{{ .Values.canary.host | default (printf \"%s%s\" .Values.service.name .Values.domain) }}")
                        .replaced("values.yaml", "  host: acme.com", "  host: \"\"")
                        .replaced("values.yaml", "probePath:", "domain: .example.com\nprobePath:"),
                packed("F11: nothing but latency", "v1beta1", "analysis", "analysis", LATENCY_ALONE));
    }

    private static List<OldChart> later() {
        return List.of(
                OldChart.withCanary(
                        "F12: thresholds, as podinfo",
                        "{{- if .Values.canary.enabled }}\n"
                                + canary("v1beta1", "{{ template \"fullname\" . }}", "analysis", THRESHOLDS)
                                + "{{- end }}\n",
                        THRESHOLD_VALUES),
                packed(
                                "G: no Service while the canary is on, an autoscaler",
                                "v1alpha3",
                                "canaryAnalysis",
                                "canaryAnalysis",
                                OLD_MAP)
                        .with("templates/deployment.yaml", OldChart.deployment("extensions/v1beta1", false))
                        .replaced(
                                "templates/canary.yaml",
                                "  service:\n    port",
                                AUTOSCALER_REFERENCE + "  service:\n    port")
                        .with("templates/hpa.yaml", OldChart.AUTOSCALER)
                        .replaced("values.yaml", "probePath:", OldCharts.HPA_VALUES + "probePath:")
                        .unless(".Values.knativeDeploy", "templates/deployment.yaml")
                        .unless("or .Values.knativeDeploy .Values.canary.enabled", "templates/service.yaml"),
                packed("K: an Ingress whose API is a value", "v1beta1", "analysis", "analysis", LATENCY_ALONE)
                        .with(
                                "templates/ingress.yaml",
                                OldCharts.INGRESS.replace("extensions/v1beta1", "{{ .Values.ingress.apiVersion }}"))
                        .replaced(
                                "values.yaml",
                                "probePath:",
                                "ingress:\n  enabled: true\n  apiVersion: extensions/v1beta1\nbasedomain: x.y\nprobePath:")
                        .unless("or .Values.knativeDeploy .Values.canary.enabled", "templates/service.yaml"));
    }

    private static OldChart packed(String name, String version, String key, String values, String metrics) {
        return OldChart.withCanary(
                name,
                "{{- if .Values.canary.enabled }}\n"
                        + canary(version, "{{ template \"fullname\" . }}", key, metrics.replace("VALUES", values))
                        + "{{- end }}\n---\n{{- if .Values.canary.enabled }}\n" + GATEWAY + "{{- end }}\n",
                PACK_VALUES.replace("VALUES", values));
    }

    private static String canary(String version, String name, String key, String metrics) {
        return """
                apiVersion: flagger.app/VERSION
                kind: Canary
                metadata:
                  # must be the Deployment's
                  name: NAME
                spec:
                  provider: istio
                  targetRef:
                    apiVersion: apps/v1
                    kind: Deployment
                    name: NAME
                  progressDeadlineSeconds: 60
                  service:
                    port: {{ .Values.service.externalPort }}
                    targetPort: {{ .Values.service.internalPort }}
                    gateways:
                    - public
                    hosts:
                    - HOST
                  KEY:
                    interval: 60s
                    threshold: 5
                    maxWeight: 50
                    stepWeight: 10
                    metrics:
                """.replace("VERSION", version).replace("NAME", name).replace("KEY", key).replace(
                        "HOST",
                        name.startsWith("{{") && !metrics.equals(THRESHOLDS)
                                ? "{{ .Values.canary.host }}"
                                : "a.example.com")
                + metrics;
    }

    private static final String GATEWAY = """
            apiVersion: networking.istio.io/v1alpha3
            kind: Gateway
            metadata:
              name: {{ template "fullname" . }}
            spec:
              selector:
                istio: ingressgateway
            """;

    private static final String PLAIN_METRICS = """
                - name: istio_requests_total
                  threshold: 99
                  interval: 60s
                - name: istio_request_duration_seconds_bucket
                  threshold: 500
                  interval: 60s
            """;

    private static final String OLD_MAP = """
                - name: request-success-rate
                  threshold: {{ .Values.canary.VALUES.metrics.requestSuccessRate.threshold }}
                  interval: {{ .Values.canary.VALUES.metrics.requestSuccessRate.interval }}
                - name: request-duration
                  threshold: {{ .Values.canary.VALUES.metrics.requestDuration.threshold }}
                  interval: {{ .Values.canary.VALUES.metrics.requestDuration.interval }}
            """;

    private static final String NEW_MAP = """
                - name: request-success-rate
                  thresholdRange:
                    min: {{ .Values.canary.VALUES.metrics.requestSuccessRate.threshold }}
                  interval: {{ .Values.canary.VALUES.metrics.requestSuccessRate.interval }}
            """;

    private static final String LATENCY = """
                - name: latency
                  templateRef:
                    name: latency
                    namespace: istio-system
                  thresholdRange:
                    max: 500
                  interval: 60s
            """;

    private static final String LATENCY_ALONE =
            LATENCY.replace("max: 500", "max: {{ .Values.canary.analysis.metrics.latency.threshold }}");

    private static final String METRIC_TEMPLATE = """
            ---
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplate
            metadata:
              name: latency
            spec:
              provider:
                type: prometheus
                address: http://prometheus.istio-system:9090
              query: |
                rate(istio_request_duration_milliseconds_bucket{
                  destination_workload_namespace="{{ "{{" }} namespace {{ "}}" }}"
                }[{{ "{{" }} interval {{ "}}" }}])
            """;

    private static final String THRESHOLDS = """
                - name: request-success-rate
                  thresholdRange:
                    min: {{ .Values.canary.thresholds.successRate }}
                  interval: 1m
                - name: request-duration
                  thresholdRange:
                    max: {{ .Values.canary.thresholds.latency }}
                  interval: 1m
            """;

    private static final String F3 = """
            apiVersion: flagger.app/v1alpha2
            kind: Canary
            metadata:
              name: {{ template "fullname" . }}
            spec:
              targetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: {{ template "fullname" . }}
              progressDeadlineSeconds: 60
              service:
                port: {{.Values.service.internalPort}}
            {{- if .Values.canary.service.gateways }}
                gateways:
            {{ toYaml .Values.canary.service.gateways | indent 4 }}
            {{- end }}
            {{- if .Values.canary.service.hosts }}
                hosts:
            {{ toYaml .Values.canary.service.hosts | indent 4 }}
            {{- end }}
              canaryAnalysis:
                interval: {{ .Values.canary.canaryAnalysis.interval }}
                threshold: {{ .Values.canary.canaryAnalysis.threshold }}
                maxWeight: {{ .Values.canary.canaryAnalysis.maxWeight }}
                stepWeight: {{ .Values.canary.canaryAnalysis.stepWeight }}
            {{- if .Values.canary.canaryAnalysis.metrics }}
                metrics:
            {{ toYaml .Values.canary.canaryAnalysis.metrics | indent 4 }}
            {{- end }}
            """;

    private static final String F3_VALUES = """
            canary:
              enable: true
              service:
                hosts:
                - a.example.com
                gateways:
                - public
              # how fast
              canaryAnalysis:
                interval: 60s
                threshold: 3
                maxWeight: 50
                stepWeight: 10
                metrics:
                - name: istio_requests_total
                  # percent
                  threshold: 99
                  interval: 60s
                - name: istio_request_duration_seconds_bucket
                  threshold: 500
                  interval: 60s
            """;

    private static final String THRESHOLD_VALUES = """
            canary:
              enabled: false
              analysis: {interval: 15s, threshold: 10, maxWeight: 50, stepWeight: 5}
              thresholds:
                successRate: 99
                latency: 500
            """;

    private static final String PACK_VALUES = """
            canary:
              enabled: false
              progressDeadlineSeconds: 60
              host: acme.com
              VALUES:
                interval: 60s
                threshold: 5
                maxWeight: 60
                stepWeight: 20
                # limits
                metrics:
                  requestSuccessRate:
                    threshold: 99
                    interval: 60s
                  requestDuration: {threshold: 1000, interval: 60s}
                  latency: {threshold: 500, interval: 1m}
            """;

    private static final String AUTOSCALER_REFERENCE = """
              {{- if .Values.hpa.enabled }}
              autoscalerRef:
                apiVersion: autoscaling/v2beta1
                kind: HorizontalPodAutoscaler
                name: {{ template "fullname" . }}
              {{- end }}
            """;
}

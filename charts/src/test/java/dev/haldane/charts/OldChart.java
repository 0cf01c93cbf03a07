package dev.haldane.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A small chart in a form that build packs have had in some year: written for the tests, as the packs were.
///
/// @param name  of the form
/// @param files by path within the chart
/// @param on    setting that turns the canary on
/// @param off   setting that turns it off
record OldChart(String name, Map<String, String> files, String on, String off) {
    private static final String HELPERS = """
            {{- define "name" -}}
            {{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
            {{- end -}}
            {{- define "fullname" -}}
            {{- $name := default .Chart.Name .Values.nameOverride -}}
            {{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
            {{- end -}}
            """;

    private static final String VALUES = """
            # what the pack says
            replicaCount: 2
            image:
              repository: draft
              tag: dev   # written by the release
            service:
              name: parrot
              type: ClusterIP
              externalPort: 80
              internalPort: 8080
            probePath: /health
            """;

    private static final String SPEC = """
              template:
                metadata:
                  labels:
                    draft: {{ default "draft-app" .Values.draft }}
                    app: {{ template "fullname" . }}
                spec:
                  containers:
                  - name: {{ .Chart.Name }}
                    image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
                    ports:
                    - containerPort: {{ .Values.service.internalPort }}
                    readinessProbe:
                      httpGet:
                        path: {{ .Values.probePath }}
                        port: {{ .Values.service.internalPort }}
            """;

    static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
            {{- if .Values.service.name }}
              name: {{ .Values.service.name }}
            {{- else }}
              name: {{ template "fullname" . }}
            {{- end }}
              labels:
                chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"
            spec:
              type: {{ .Values.service.type }}
              ports:
              - port: {{ .Values.service.externalPort }}
                targetPort: {{ .Values.service.internalPort }}
                protocol: TCP
                name: http
              selector:
                app: {{ template "fullname" . }}
            """;

    static final String AUTOSCALER = """
            {{- if .Values.hpa.enabled }}
            apiVersion: autoscaling/v2beta1
            kind: HorizontalPodAutoscaler
            metadata:
              name: {{ template "fullname" . }}
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: {{ template "fullname" . }}
              minReplicas: {{ .Values.hpa.minReplicas }}
              maxReplicas: {{ .Values.hpa.maxReplicas }}
              metrics:
              - type: Resource
                resource:
                  name: cpu
                  targetAverageUtilization: {{ .Values.hpa.cpuTargetAverageUtilization }}
            {{- end }}""";

    OldChart {
        files = Map.copyOf(files);
    }

    /// A chart without a Canary; `canary.enabled` is what we add.
    static OldChart plain(String name, String deployment) {
        var files = new LinkedHashMap<String, String>();
        files.put("Chart.yaml", "apiVersion: v1\nname: parrot\nversion: 0.1.0-SNAPSHOT");
        files.put("values.yaml", VALUES);
        files.put("templates/_helpers.tpl", HELPERS);
        files.put("templates/deployment.yaml", deployment);
        files.put("templates/service.yaml", SERVICE);
        return new OldChart(name, files, "canary.enabled=true", "canary.enabled=false");
    }

    /// A chart with a Canary.
    static OldChart withCanary(String name, String canary, String values) {
        return plain(name, deployment("apps/v1", true))
                .with("templates/canary.yaml", canary)
                .with("values.yaml", VALUES + values);
    }

    /// @param selector whether it has one
    static String deployment(String apiVersion, boolean selector) {
        return """
                apiVersion: API
                kind: Deployment
                metadata:
                  name: {{ template "fullname" . }}
                  labels:
                    draft: {{ default "draft-app" .Values.draft }}
                spec:
                  replicas: {{ .Values.replicaCount }}
                """.replace("API", apiVersion)
                + (selector ? "  selector:\n    matchLabels:\n      app: {{ template \"fullname\" . }}\n" : "")
                + SPEC;
    }

    OldChart with(String file, String text) {
        var more = new LinkedHashMap<>(files);
        more.put(file, text);
        return new OldChart(name, more, on, off);
    }

    /// With one text for another in one file.
    OldChart replaced(String file, String from, String to) {
        String before = files.getOrDefault(file, "");
        if (!before.contains(from)) {
            throw new IllegalArgumentException(name + ": " + file + " has no " + from);
        }
        return with(file, before.replace(from, to));
    }

    /// With `{{- if … }}{{- else }}` around files, as packs do for Knative.
    OldChart unless(String condition, String... paths) {
        OldChart changed = with("values.yaml", files.getOrDefault("values.yaml", "") + "knativeDeploy: false\n");
        for (String path : paths) {
            String text = files.getOrDefault(path, "");
            changed = changed.with(path, "{{- if " + condition + " }}\n{{- else }}\n" + text + "{{- end }}\n");
        }
        return changed;
    }

    OldChart switched(String turnedOn, String turnedOff) {
        return new OldChart(name, files, turnedOn, turnedOff);
    }

    ChartFolder in(Path directory) {
        Path chart = directory.resolve("parrot");
        files.forEach((file, text) -> {
            try {
                Path path = chart.resolve(file);
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new ChartFolder(chart);
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.haldane.charts;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A chart as `helm create` makes it, with some of its text in another shape that people write.
record Shape(String name, Map<String, String> files) {
    private static final String HELPERS = """
            {{- define "app.name" -}}
            {{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
            {{- end -}}
            {{- define "app.fullname" -}}
            {{- if .Values.fullnameOverride -}}
            {{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
            {{- else -}}
            {{- printf "%s-%s" .Release.Name (include "app.name" .) | trunc 63 | trimSuffix "-" -}}
            {{- end -}}
            {{- end -}}
            {{- define "app.selectorLabels" -}}
            app.kubernetes.io/name: {{ include "app.name" . }}
            app.kubernetes.io/instance: {{ .Release.Name }}
            {{- end -}}
            """;

    static final String LABELS = "      labels:\n        {{- include \"app.selectorLabels\" . | nindent 8 }}\n";
    static final String MATCH = "    matchLabels:\n      {{- include \"app.selectorLabels\" . | nindent 6 }}\n";
    static final String SELECTOR = "  selector:\n    {{- include \"app.selectorLabels\" . | nindent 4 }}\n";
    static final String NAME = "{{ include \"app.fullname\" . }}";
    static final String PORTS = """
              ports:
                - port: {{ .Values.service.port }}
                  targetPort: http
                  protocol: TCP
                  name: http
            """;

    static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ include "app.fullname" . }}
            spec:
              replicas: {{ .Values.replicaCount }}
              selector:
            """ + MATCH + """
              template:
                metadata:
            """ + LABELS + """
                spec:
                  containers:
                    - name: {{ .Chart.Name }}
                      image: "app:{{ .Values.image.tag }}"
                      ports:
                        - name: http
                          containerPort: 8080
            """;

    static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: {{ include "app.fullname" . }}
            spec:
              type: ClusterIP
            """ + PORTS + SELECTOR;

    static final String VALUES = "replicaCount: 1\nimage:\n  tag: v1\nservice:\n  port: 80\n";

    Shape {
        files = Map.copyOf(files);
    }

    static Shape of(String name) {
        var files = new LinkedHashMap<String, String>();
        files.put("Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n");
        files.put("values.yaml", VALUES);
        files.put("templates/_helpers.tpl", HELPERS);
        files.put("templates/deployment.yaml", DEPLOYMENT);
        files.put("templates/service.yaml", SERVICE);
        return new Shape(name, files);
    }

    static Shape ports(String name, String ports) {
        return of(name).replaced("templates/service.yaml", PORTS, ports);
    }

    Shape with(String file, String text) {
        var more = new LinkedHashMap<>(files);
        more.put(file, text);
        return new Shape(name, more);
    }

    Shape without(String file) {
        var fewer = new LinkedHashMap<>(files);
        fewer.remove(file);
        return new Shape(name, fewer);
    }

    Shape values(String more) {
        return with("values.yaml", VALUES + more);
    }

    Shape replaced(String file, String from, String to) {
        String before = files.getOrDefault(file, "");
        if (!before.contains(from)) {
            throw new IllegalArgumentException(name + ": " + file + " has no " + from);
        }
        return with(file, before.replace(from, to));
    }

    ChartFolder in(Path directory) {
        return new OldChart(name, files, "", "").in(directory);
    }

    @Override
    public String toString() {
        return name;
    }
}

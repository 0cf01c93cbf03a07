{{/* The names are fixed, because there is one Haldane in a cluster: its webhook configurations are cluster-wide. */}}
{{- define "haldane.selectorLabels" -}}
app.kubernetes.io/name: haldane
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "haldane.labels" -}}
{{ include "haldane.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "haldane.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* haldane.yaml */}}
{{- define "haldane.config" -}}
apiVersion: haldane.dev/v1
kind: RolloutDefaults
{{- with .Values.config }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "haldane.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "haldane.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

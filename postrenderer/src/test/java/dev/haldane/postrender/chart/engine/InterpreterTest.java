package dev.haldane.postrender.chart.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.manifest.Node.Mapping;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {
    private static final String HELPERS = """
            {{- define "name" -}}
            {{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
            {{- end -}}
            {{- define "labels" }}
            app: {{ include "name" . }}
            {{- end }}
            """;

    private static final String ROOT = """
            Chart: {Name: shop}
            Release: {Name: prod}
            Values:
              nameOverride:
              replicas: 2
              on: true
              off: false
              empty: {}
              list: [b, a]
              map: {z: 1, y: two}
              service: {port: 80, name: web}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "{{ template \"name\" . }} => shop",
                "{{ printf \"%s-%s\" .Release.Name (include \"name\" .) }} => prod-shop",
                "{{ if and .Values.on (not .Values.off) }}a{{ else }}b{{ end }} => a",
                "{{ if .Values.empty }}a{{ else if eq .Values.service.name \"web\" }}b{{ end }} => b",
                "{{ range $k, $v := .Values.map }}{{ $k }}={{ $v }};{{ end }} => y=two;z=1;",
                "{{ range .Values.list }}{{ . }}{{ else }}none{{ end }} => ba",
                "{{ range .Values.empty }}x{{ else }}none{{ end }} => none",
                "{{ with .Values.service }}{{ .name }}:{{ .port }}{{ $.Release.Name }}{{ end }} => web:80prod",
                "{{ $x := 1 }}{{ if .Values.on }}{{ $x = 2 }}{{ end }}{{ $x }} => 2",
                "{{ .Values.service.name | default \"x\" | quote }} => \"web\"",
                "{{ (.Values.missing).deeper }}. => .",
                "{{ .Values.missing }}. => .",
                "{{ ternary \"a\" \"b\" .Values.on }} => a",
                "{{ len (include \"name\" .) }} => 4",
                "{{ has \"a\" .Values.list }}{{ without .Values.list \"a\" | first }} => trueb",
                "{{ index (fromYaml (include \"labels\" .)) \"app\" }} => shop",
                "{{ toYaml (merge (dict \"app\" \"x-primary\") (fromYaml (include \"labels\" .))) }} => app: x-primary",
                "{{ tpl \"{{ .Release.Name }}\" . }} => prod",
                "{{ .Capabilities.APIVersions.Has \"networking.k8s.io/v1/Ingress\" }} => true",
                "{{ .Capabilities.APIVersions.Has \"jenkins.io/v1/Release\" }} => false",
                "{{ semverCompare \">=1.19-0\" \"v1.33.0\" }}{{ semverCompare \"<1.14-0 || ^1.15\" \"v1.33.0\" }} => truetrue",
                "{{ semverCompare \"<1.14-0\" \"v1.33.0\" }}{{ semverCompare \"~1.33\" \"v1.33.2\" }} => falsetrue",
                "{{ or .Values.on .Values.missing.deeper }}{{ and .Values.off .Values.missing.deeper }} => truefalse",
                "{{ $d := dict \"a\" 1 }}{{ $_ := set $d \"b\" 2 }}{{ $d.b }} => 2",
                "{{ toYaml (pick .Values.map \"z\") }}{{ len (omit .Values.map \"z\") }} => z: 11",
                "{{ dig \"service\" \"port\" 1 .Values }}{{ dig \"a\" \"b\" 1 .Values }} => 801",
                "{{ (split \"-\" \"a-b\")._1 }}{{ splitList \",\" \"x,y\" | last }} => by",
                "{{ merge (dict \"a\" (dict \"b\" 1)) (dict \"a\" (dict \"c\" 2)) | toJson }} => {\"a\":{\"b\":1,\"c\":2}}",
                "{{ regexReplaceAll \"[^a-z]\" \"a_b\" \"-\" }}{{ trimAll \"-\" \"-x-\" }} => a-bx",
                "{{ concat (list 1) (list 2 3) | len }}{{ range until 3 }}{{ . }}{{ end }} => 3012",
                "{{/* nothing */}}a{{- /* nothing */ -}}  b => ab"
            })
    void templates_render_as_helm_renders_them(String template, String wanted) {
        assertThat(render(template)).isEqualTo(wanted);
    }

    @Test
    void yaml_of_a_map_is_indented_as_a_block() {
        assertThat(render("x:\n{{ toYaml .Values.service | indent 2 }}\n")).isEqualTo("x:\n  port: 80\n  name: web\n");
    }

    @Test
    void what_is_unknown_is_the_same_word_for_the_same_question() {
        String one = render("{{ sha256sum .Values.service.name }}");

        assertThat(one).startsWith("opaque-").isEqualTo(render("{{ sha256sum \"web\" }}"));
        assertThat(one).isNotEqualTo(render("{{ sha256sum \"other\" }}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ .Values.missing.deeper }} | asks for .Values.missing.deeper, but there is no map .Values.missing",
                "{{ include \"nobody\" . }}   | there is no template \"nobody\"",
                "{{ fail \"no host\" }}       | it fails: no host"
            })
    void what_would_end_in_an_error_is_one(String template, String problem) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(NotUnderstood.class)
                .hasMessage(problem);
    }

    @Test
    void a_template_that_includes_itself_comes_to_an_end() {
        var endless = GoTemplate.parse("{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}");
        var interpreter = new Interpreter(Mapping.EMPTY, Map.of("a.yaml", endless));

        assertThatThrownBy(() -> interpreter.render(endless, 0, endless.source().length()))
                .isInstanceOf(NotUnderstood.class);
    }

    private static String render(String template) {
        var helpers = GoTemplate.parse(HELPERS);
        var parsed = GoTemplate.parse(template);
        var root = (Mapping) Document.split(ROOT, "root").getFirst().root().orElseThrow();
        return new Interpreter(root, Map.of("_helpers.tpl", helpers)).render(parsed, 0, template.length());
    }
}

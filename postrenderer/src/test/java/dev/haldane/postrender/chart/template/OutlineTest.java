package dev.haldane.postrender.chart.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.template.SourceLine.Shape;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static final String DEPLOYMENT = """
            {{- if .Values.knativeDeploy }}
            {{- else }}
            apiVersion: apps/v1
            kind: Deployment
            metadata:
            {{- if .Values.service.name }}
              name: {{ .Values.service.name }}
            {{- else }}
              name: {{ template "fullname" . }}   # as ever
            {{- end }}
              annotations:
                text: |
                  spec:
                    replicas: 3
            spec:
            {{- if not .Values.hpa.enabled }}
              replicas: {{ .Values.replicaCount }}
            {{- end }}
              template:
                spec:
                  containers:
                  - name: {{ .Chart.Name }}
                    ports:
                    - containerPort: 8080
                  # replicas: 5
                {{/* replicas:
              replicas: 6
                */}}
            {{- end }}
            ---
            # kind: Service
            kind: Service
            """;

    @Test
    void documents_are_found_with_what_guards_them() {
        var documents = Outline.of(GoTemplate.parse(DEPLOYMENT));

        assertThat(documents).hasSize(2);
        assertThat(documents.getFirst().guards())
                .extracting(block -> block.opener().body())
                .containsExactly("if .Values.knativeDeploy");
        assertThat(documents.get(1).guards()).isEmpty();
        assertThat(documents.get(1).value(documents.get(1).find("kind").getFirst()))
                .isEqualTo("Service");
    }

    @Test
    void a_key_is_found_in_each_branch_and_nowhere_else() {
        var document = Outline.of(GoTemplate.parse(DEPLOYMENT)).getFirst();

        assertThat(document.find("metadata", "name"))
                .extracting(SourceLine::number)
                .containsExactly(7, 9);
        assertThat(document.find("spec", "replicas"))
                .extracting(SourceLine::number)
                .containsExactly(17);
        assertThat(document.find("spec", "template", "spec", "containers")).hasSize(1);
        assertThat(document.find("spec", "selector")).isEmpty();
    }

    @Test
    void blocks_within_a_document_do_not_count_its_guards() {
        var document = Outline.of(GoTemplate.parse(DEPLOYMENT)).getFirst();

        assertThat(document.blocksWithin(document.find("kind").getFirst())).isEmpty();
        assertThat(document.blocksWithin(document.find("spec", "replicas").getFirst()))
                .extracting(block -> block.opener().body())
                .containsExactly("if not .Values.hpa.enabled");
    }

    @Test
    void line_breaks_of_windows_are_no_part_of_a_value() {
        var document = Outline.of(GoTemplate.parse("kind: Service\r\nspec:\r\n  type: ClusterIP\r\n"))
                .getFirst();

        assertThat(document.value(document.find("spec", "type").getFirst())).isEqualTo("ClusterIP");
        assertThat(document.text(document.find("spec").getFirst())).isEqualTo("spec:");
    }

    @Test
    void the_body_of_a_key_ends_at_the_next_key_of_its_level() {
        var document = Outline.of(GoTemplate.parse("""
                        selector:
                          {{- include "x.labels" . | nindent 2 }}
                          app: x
                        other: 1
                        """)).getFirst();

        assertThat(document.body(document.find("selector").getFirst()))
                .extracting(SourceLine::shape)
                .containsExactly(Shape.ACTIONS, Shape.KEY);
    }

    @Test
    void quoted_keys_colons_in_values_and_urls_are_told_apart() {
        var document = Outline.of(GoTemplate.parse("""
                        "a.b/c": x
                        url: http://example.com:80
                        - item: 1
                        plain text
                        {{ .key }}: value
                        """)).getFirst();

        assertThat(document.lines())
                .extracting(SourceLine::shape)
                .containsExactly(Shape.KEY, Shape.KEY, Shape.ITEM, Shape.OTHER, Shape.OTHER);
        assertThat(document.lines().getFirst().key()).isEqualTo("a.b/c");
        assertThat(document.value(document.lines().get(1))).isEqualTo("http://example.com:80");
    }
}

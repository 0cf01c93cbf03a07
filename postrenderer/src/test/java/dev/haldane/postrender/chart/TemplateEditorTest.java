package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateEditorTest {
    private static final String ON = "include \"x.on\" $";

    @Test
    void a_line_is_left_out_while_the_switch_is_on() {
        assertThat(onlyOff("spec:\n  replicas: 1\n  other: 2\n")).isEqualTo("""
                spec:
                {{- if not (include "x.on" $) }}{{/* haldane */}}
                  replicas: 1
                {{- end }}{{/* haldane */}}
                  other: 2
                """);
    }

    @Test
    void another_line_is_there_while_the_switch_is_on() {
        var editor = new TemplateEditor(GoTemplate.parse("selector:\n  app: x\n"));
        SourceLine line = line(editor, "selector", "app");
        editor.replacedWhenOn(line, line, ON, List.of("  app: x-primary"));

        assertThat(editor.result()).isEqualTo("""
                selector:
                {{- if include "x.on" $ }}{{/* haldane */}}
                  app: x-primary{{/* haldane */}}
                {{- else }}{{/* haldane */}}
                  app: x
                {{- end }}{{/* haldane */}}
                """);
    }

    /// Trailing blanks, empty lines, line breaks of Windows, no line break at the end, actions that trim both ways.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec:\n  replicas: 1",
                "spec:\n  replicas: 1\n",
                "spec:  \n  replicas: 1\t\n  x: 1",
                "spec:\n\n\n  replicas: 1\n\n  x: 1\n",
                "spec:\r\n  replicas: 1\r\n  x: 1\r\n",
                "spec:\r\n  replicas: 1",
                "spec:\n  {{- if .a }}\n  replicas: {{ .b }}\n  {{- end }}\n  x: 1\n",
                "spec:\n{{ if .a }}\n  replicas: {{ .b }}\n{{ end }}\n  x: 1\n",
                "spec:\n{{- if .a -}}\n  replicas: {{ .b -}}\n{{ end }}\n  x: 1\n",
                "{{- if .a -}}\nspec:\n  replicas: {{ .b -}}\n  {{- end }}",
                "spec:\n{{/* a comment */}}\n  replicas: 1 # of old\n{{- /* another */ -}}\n  x: 1\n"
            })
    void off_means_the_same_bytes_and_taking_out_restores_them(String template) {
        String edited = onlyOff(template);

        assertThat(edited).isNotEqualTo(template);
        assertThat(OffView.of(GoTemplate.parse(edited))).isEqualTo(OffView.of(GoTemplate.parse(template)));
        assertThat(Mark.without(edited)).isEqualTo(template);
    }

    @Test
    void a_block_without_else_gets_one() {
        var editor =
                new TemplateEditor(GoTemplate.parse("metadata:\n{{- if .a }}\n  annotations:\n    b: c\n{{- end }}\n"));
        editor.otherwiseWhenOn(editor.template().blocks().getFirst(), ON, List.of("  annotations:", "    d: e"));

        assertThat(editor.result()).isEqualTo("""
                metadata:
                {{- if .a }}
                  annotations:
                    b: c
                {{- else }}{{- if include "x.on" $ }}{{/* haldane */}}
                  annotations:{{/* haldane */}}
                    d: e{{/* haldane */}}
                {{- end }}{{/* haldane */}}
                {{- end }}
                """);
        assertThat(Mark.without(editor.result())).isEqualTo(editor.template().source());
    }

    @Test
    void a_block_that_has_an_else_is_not_dared() {
        var editor = new TemplateEditor(GoTemplate.parse("{{- if .a }}\nb: 1\n{{- else }}\nb: 2\n{{- end }}\n"));

        assertThatThrownBy(
                        () -> editor.otherwiseWhenOn(editor.template().blocks().getFirst(), ON, List.of("b: 3")))
                .isInstanceOfSatisfying(
                        UnsupportedShape.class, e -> assertThat(e.line()).isEqualTo(5));
    }

    @Test
    void ends_come_before_beginnings_at_one_place() {
        var editor = new TemplateEditor(GoTemplate.parse("a: 1\nb: 2\nc: 3\n"));
        SourceLine a = line(editor, "a");
        SourceLine b = line(editor, "b");
        editor.addedWhenOn(a, ON, List.of("x: 1"));
        editor.onlyOff(a, a, ON);
        editor.onlyOff(b, b, ON);

        assertThat(Mark.without(editor.result())).isEqualTo("a: 1\nb: 2\nc: 3\n");
        assertThat(editor.result().lines().toList().subList(2, 4))
                .containsExactly("{{- end }}{{/* haldane */}}", "{{- if include \"x.on\" $ }}{{/* haldane */}}");
    }

    @Test
    void a_line_break_that_an_editor_adds_at_the_end_stays() {
        String edited = onlyOff("spec:\n  replicas: 1") + "\n";

        assertThat(Mark.without(edited)).isEqualTo("spec:\n  replicas: 1\n");
    }

    private static String onlyOff(String template) {
        var editor = new TemplateEditor(GoTemplate.parse(template));
        SourceLine line = line(editor, "spec", "replicas");
        editor.onlyOff(line, line, ON);
        return editor.result();
    }

    private static SourceLine line(TemplateEditor editor, String... path) {
        return Outline.of(editor.template()).getFirst().find(path).getFirst();
    }
}

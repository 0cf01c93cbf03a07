package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.chart.template.GoTemplate;
import dev.haldane.postrender.chart.template.Outline;
import dev.haldane.postrender.chart.template.SourceLine;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TemplateEditorProperties {

    /// An edit that is dared renders to the same bytes while it is off, and can be taken out again.
    @Property(tries = 400)
    void whatever_is_put_in_can_be_taken_out(
            @ForAll("templates") String source,
            @ForAll @IntRange(max = 20) int which,
            @ForAll @IntRange(max = 2) int how) {
        var editor = new TemplateEditor(GoTemplate.parse(source));
        List<SourceLine> keys = Outline.of(editor.template()).stream()
                .flatMap(document -> document.lines().stream())
                .filter(line -> line.shape() == SourceLine.Shape.KEY)
                .toList();
        SourceLine line = keys.get(which % keys.size());
        String edited;
        try {
            switch (how) {
                case 0 -> editor.onlyOff(line, line, "include \"on\" $");
                case 1 -> editor.replacedWhenOn(line, line, "include \"on\" $", List.of("x: 1", "y: 2"));
                default -> editor.addedWhenOn(line, "include \"on\" $", List.of("x: 1"));
            }
            edited = editor.result();
        } catch (UnsupportedShape _) {
            return;
        }

        assertThat(OffView.of(GoTemplate.parse(edited))).isEqualTo(OffView.of(GoTemplate.parse(source)));
        assertThat(Mark.without(edited)).isEqualTo(source);
    }

    @Provide
    Arbitrary<String> templates() {
        Arbitrary<String> line = Arbitraries.of(
                "a: 1",
                "  b: {{ .Values.b }}",
                "  c: {{ .Values.c -}}",
                "{{- if .Values.d }}\n  e: 2\n{{- end }}",
                "{{ if .Values.d -}}\n  f: 2 \n{{ end }}",
                "{{- with .Values.g -}}\n  h: {{ . }}\n{{- else }}\n  i: 3\n{{ end -}}",
                "{{/* haldane knows this one not */}}",
                "# a comment with {{ .Values.j }}",
                "",
                "   ",
                "---");
        Arbitrary<String> lineBreak = Arbitraries.of("\n", "\n", "\n", "\r\n", "  \n");
        Arbitrary<String> end = Arbitraries.of("", "\n", "\n\n", " \n");
        return line.list()
                .ofMinSize(0)
                .ofMaxSize(12)
                .flatMap(lines -> lineBreak.flatMap(
                        eol -> end.map(last -> "k: 0" + eol + String.join(eol, lines) + eol + "z: 9" + last)));
    }
}

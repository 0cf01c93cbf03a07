package dev.haldane.postrender.chart.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.template.Piece.Action;
import dev.haldane.postrender.chart.template.Piece.Keyword;
import dev.haldane.postrender.chart.template.Piece.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTemplateTest {

    @Test
    void the_pieces_cover_the_source_without_a_gap() {
        String source = "a {{ .x }}\n{{- /* {{ .y }} */ -}}\n  b{{`}}`}} {{ \"}}\" }}c\r\n";

        var pieces = GoTemplate.parse(source).pieces();

        assertThat(pieces.stream()
                        .map(piece -> source.substring(piece.start(), piece.end()))
                        .collect(Collectors.joining()))
                .isEqualTo(source);
    }

    @Test
    void braces_in_strings_raw_strings_and_comments_are_no_braces() {
        var actions = GoTemplate.parse("{{ \"}} \\\" }}\" }}{{ `}}\n}}` }}{{/* }} */}}{{ '}' }}")
                .actions();

        assertThat(actions)
                .extracting(Action::keyword)
                .containsExactly(Keyword.OTHER, Keyword.OTHER, Keyword.COMMENT, Keyword.OTHER);
    }

    @Test
    void white_space_is_trimmed_where_the_dashes_say() {
        var template = GoTemplate.parse("a \n{{- .b }} \n c \n {{ .d -}} \n\t e");

        assertThat(outputs(template)).containsExactly("a", " \n c \n ", "e");
    }

    @Test
    void a_minus_without_white_space_is_a_number() {
        var action = GoTemplate.parse("a {{-3}} b").actions().getFirst();

        assertThat(action.trimsLeft()).isFalse();
        assertThat(action.body()).isEqualTo("-3");
    }

    @Test
    void blocks_know_their_branches_and_what_they_enclose() {
        String source = "{{ if .a }}1{{ else if .b }}2{{ else }}{{ range .c }}3{{ end }}{{ end }}4";
        var template = GoTemplate.parse(source);

        assertThat(template.blocks()).hasSize(2);
        assertThat(template.blocks().getFirst().branches())
                .extracting(Action::body)
                .containsExactly("else if .b", "else");
        assertThat(template.around(source.indexOf('3')))
                .extracting(block -> block.opener().body())
                .containsExactly("if .a", "range .c");
        assertThat(template.around(source.indexOf('4'))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a\n{{ if .x }}'      | 2 | '{{ if .x }} has no {{ end }}'",
                "'a\nb\n{{- end }}'    | 3 | 'belongs to no {{ if }}'",
                "'{{ else }}'          | 1 | 'belongs to no {{ if }}'",
                "'a{{ .x '             | 1 | '{{ is not closed'",
                "'\n{{/* never'        | 2 | 'the comment is not closed'",
                "'{{/* a */ .b }}'     | 1 | 'a comment must fill its braces'",
                "'{{ \"a\n\" }}'       | 1 | 'a quoted string is not closed'",
                "'{{ `a }}'            | 1 | 'a raw string is not closed'",
                "'{{ (a }}'            | 1 | 'a parenthesis is not closed'",
                "'{{ a) }}'            | 1 | 'a closing parenthesis has no opening one'"
            })
    void what_go_would_refuse_is_refused_with_its_line(String source, int line, String problem) {
        assertThatThrownBy(() -> GoTemplate.parse(source)).isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.problem()).contains(problem);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x := .a", "$ = 1", "end", "else", "/* a */", "if .a"})
    void actions_that_only_steer_write_nothing(String body) {
        assertThat(new Action(0, 0, Keyword.of(body), body, false, false).steers())
                .isTrue();
    }

    private static List<String> outputs(GoTemplate template) {
        return template.pieces().stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .map(Text::output)
                .toList();
    }
}

package dev.haldane.webhook.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private static final String ENVIRONMENT = """
            # what runs here
            dependencies:
            - name: shop # the shop
              repository: http://jenkins-x-chartmuseum:8080
              version: 1.2.3   # promoted by hand
            # jx needs these two
            - alias: expose
              name: exposecontroller
              version: '2.3.82'
            - alias: cleanup
              name: exposecontroller
              version: "2.3.82"
            """;

    @Test
    void only_the_value_changes() throws NotEditable {
        assertThat(moved(ENVIRONMENT, "shop", "1.2.2"))
                .isEqualTo(ENVIRONMENT.replace("1.2.3   # promoted", "1.2.2   # promoted"));
    }

    @Test
    void quotes_stay_as_they_are() throws NotEditable {
        assertThat(moved(ENVIRONMENT, "expose", "2.3.9")).isEqualTo(ENVIRONMENT.replace("'2.3.82'", "'2.3.9'"));
        assertThat(moved(ENVIRONMENT, "cleanup", "2.3.9")).isEqualTo(ENVIRONMENT.replace("\"2.3.82\"", "\"2.3.9\""));
    }

    @Test
    void what_would_be_read_as_a_number_gets_quotes() throws NotEditable {
        assertThat(moved(ENVIRONMENT, "shop", "1.10")).contains("  version: '1.10'   # promoted");
    }

    @Test
    void line_ends_of_windows_a_byte_order_mark_and_a_missing_last_newline_stay() throws NotEditable {
        var text = "\uFEFFdependencies:\r\n- name: shop\r\n  version: 1.2.3";

        assertThat(moved(text, "shop", "1.2.2")).isEqualTo("\uFEFFdependencies:\r\n- name: shop\r\n  version: 1.2.2");
    }

    @Test
    void indented_lists_bare_dashes_quoted_keys_and_markers_are_understood() throws NotEditable {
        for (var text : List.of(
                "dependencies:\n  - name: shop\n    version: 1.2.3\n",
                "dependencies:\n-\n  version: 1.2.3\n  name: shop\n",
                "\"dependencies\":\n- 'name': shop\n  \"version\": 1.2.3\n",
                "---\n# first\ndependencies: # all\n\n- name: shop\n\n  # which\n  version:    1.2.3\n...\n",
                "dependencies:\n- name: shop\n  tags: [web]\n  import-values:\n  - version\n  version: &v 1.2.3\n",
                "x: 😀\ndependencies:\n- name: shop\n  condition: 😀 😀\n  version: 1.2.3\nversion: 1.2.3\n")) {
            assertThat(moved(text, "shop", "1.2.2"))
                    .as(text)
                    .isEqualTo(new StringBuilder(text)
                            .replace(text.indexOf("1.2.3"), text.indexOf("1.2.3") + 5, "1.2.2")
                            .toString());
        }
    }

    @Test
    void an_entry_is_found_by_alias_first() throws NotEditable {
        var text = "dependencies:\n- name: shop\n  version: 1.0.0\n- {name: x, alias: shop, version: 2.0.0}\n";

        assertThat(Requirements.versionIn(text, "shop")).hasValue("2.0.0");
    }

    @Test
    void two_entries_of_one_name_are_not_guessed_between() {
        assertThatThrownBy(() -> Requirements.read(ENVIRONMENT).entry("exposecontroller"))
                .isInstanceOf(NotEditable.class)
                .hasMessage("exposecontroller has 2 entries, and nothing says which one is meant");
    }

    @Test
    void what_cannot_be_replaced_in_place_is_refused_with_its_line() {
        assertRefused(
                "dependencies:\n- name: y\n  version: &v 1.2.3\n- name: shop\n  version: *v\n", "an alias in line 5");
        assertRefused("dependencies:\n- name: shop\n  version: >-\n    1.2.3\n", "a block scalar in line 3");
        assertRefused("dependencies:\n- name: shop\n  version: !!str 1.2.3\n", "a tagged value in line 3");
        assertRefused("dependencies:\n- name: shop\n  version: \"1.\\x32.3\"\n", "a value with escapes in line 3");
        assertRefused(
                "dependencies:\n- name: shop\n  version: \"1.2.\\\n    3\"\n", "a value of several lines in line 3");
        assertRefused("dependencies:\n- name: shop\n  version: 1.2.3\n  version: 1.2.3\n", "a second version");
        assertRefused("dependencies: [{name: shop, version: 1.2.3}]\n", "not written in block style");
        assertRefused("dependencies:\n- {name: shop, version: 1.2.3}\n", "there is nothing");
        assertRefused("dependencies:\n- name: shop\n  version: 1.2.3\n---\na: b\n", "2 documents");
    }

    @Test
    void a_value_that_others_refer_to_is_refused() {
        assertRefused(
                "dependencies:\n- name: shop\n  version: &v 1.2.3\n- name: y\n  version: *v\n",
                "more than the one value would change");
    }

    @Test
    void a_file_that_is_not_yaml_is_named_with_its_line() {
        assertThatThrownBy(() -> Requirements.read("dependencies:\n- name: [\n"))
                .isInstanceOf(NotEditable.class)
                .hasMessageStartingWith("env/requirements.yaml:");
    }

    @Test
    void a_removed_entry_takes_its_own_lines_and_no_others() throws NotEditable {
        var file = Requirements.read(ENVIRONMENT);

        assertThat(file.without(file.entry("shop").orElseThrow())).isEqualTo("""
                # what runs here
                dependencies:
                # jx needs these two
                - alias: expose
                  name: exposecontroller
                  version: '2.3.82'
                - alias: cleanup
                  name: exposecontroller
                  version: "2.3.82"
                """);
    }

    @Test
    void the_last_entry_leaves_an_empty_list() throws NotEditable {
        var file = Requirements.read("dependencies:\n- name: shop\n  version: 1.2.3\n");

        assertThat(file.without(file.entry("shop").orElseThrow())).isEqualTo("dependencies:\n");
    }

    @Test
    void real_promotions_are_put_back_byte_for_byte() throws NotEditable, IOException {
        var states = EnvironmentCorpus.history("promotion-v2-bump");

        assertThat(moved(states.getLast(), "dragoons-ui", "0.0.2")).isEqualTo(states.get(12));
        var second = Requirements.read(states.get(11));
        assertThat(second.without(second.entry("dragoons-ui").orElseThrow())).isEqualTo(states.get(10));
    }

    private static String moved(String text, String app, String version) throws NotEditable {
        var file = Requirements.read(text);
        return file.withVersion(file.entry(app).orElseThrow(), version);
    }

    private static void assertRefused(String text, String because) {
        assertThatThrownBy(() -> moved(text, "shop", "1.2.2"))
                .as(text)
                .isInstanceOf(NotEditable.class)
                .hasMessageContaining(because);
    }
}

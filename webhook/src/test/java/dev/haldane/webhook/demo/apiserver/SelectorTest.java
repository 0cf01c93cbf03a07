package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    private static final ObjectNode OBJECT =
            json("{'metadata':{'name':'croc','labels':{'app':'croc','tier':'web'}},'status':{'phase':'Running'}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=croc|true",
                "app==croc,tier=web|true",
                "app=croc,tier=db|false",
                "app!=croc|false",
                "other!=x|true",
                "app in (a, croc)|true",
                "app notin (a,croc)|false",
                "app|true",
                "!app|false",
                "!other|true",
            })
    void labels_select(String selector, boolean selected) {
        assertThat(Selector.labels(selector).test(OBJECT)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata.name=croc|true",
                "metadata.name!=croc|false",
                "status.phase=Running,metadata.name=croc|true",
                "status.phase=Failed|false",
            })
    void fields_select(String selector, boolean selected) {
        assertThat(Selector.fields(selector).test(OBJECT)).isEqualTo(selected);
    }

    @Test
    void a_selector_in_an_object_selects_by_labels_and_expressions() {
        assertThat(Selector.ofObject(json("{'matchLabels':{'app':'croc'}}")).test(OBJECT))
                .isTrue();
        assertThat(Selector.ofObject(json("{'matchExpressions':[{'key':'app','operator':'NotIn','values':['croc']}]}"))
                        .test(OBJECT))
                .isFalse();
        assertThat(Selector.ofObject(json("{}")).test(OBJECT)).isTrue();
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> Selector.ofObject(json("{'matchExpressions':[{'key':'app','operator':'Like'}]}")))
                .hasMessageContaining("\"Like\" is not a valid label selector operator");
        assertThatThrownBy(() -> Selector.fields("metadata.name")).hasMessageContaining("metadata.name");
    }

    private static ObjectNode json(String text) {
        return Tree.parseObject(text.replace('\'', '"').getBytes(UTF_8));
    }
}

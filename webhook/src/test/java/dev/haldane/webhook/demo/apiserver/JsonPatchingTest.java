package dev.haldane.webhook.demo.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchingTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}|[{'op':'add','path':'/b','value':2}]|{'a':1,'b':2}",
                "{'a':[1,3]}|[{'op':'add','path':'/a/1','value':2}]|{'a':[1,2,3]}",
                "{'a':[1]}|[{'op':'add','path':'/a/-','value':2}]|{'a':[1,2]}",
                "{'a':1,'b':2}|[{'op':'remove','path':'/a'}]|{'b':2}",
                "{'a':[1,2]}|[{'op':'remove','path':'/a/0'}]|{'a':[2]}",
                "{'a':[1,2]}|[{'op':'replace','path':'/a/0','value':9}]|{'a':[9,2]}",
                "{'a':1}|[{'op':'move','from':'/a','path':'/b'}]|{'b':1}",
                "{'a':{'x':1}}|[{'op':'copy','from':'/a','path':'/b'}]|{'a':{'x':1},'b':{'x':1}}",
                "{'a~b/c':1}|[{'op':'replace','path':'/a~0b~1c','value':2}]|{'a~b/c':2}",
                "{'a':1}|[{'op':'test','path':'/a','value':1},{'op':'remove','path':'/a'}]|{}",
            })
    void an_operation_does_what_rfc_6902_says(String object, String patch, String expected) {
        assertThat(JsonPatching.apply(json(object), Tree.parse(bytes(patch)))).isEqualTo(json(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'op':'test','path':'/a','value':2}]|testing value /a failed: it is 1",
                "[{'op':'remove','path':'/nowhere'}]|nothing at /nowhere",
                "[{'op':'replace','path':'/b/c','value':1}]|nothing at /b/c",
                "[{'op':'add','path':'/list/7','value':1}]|no place /list/7 in a list of 2",
                "[{'op':'swap','path':'/a'}]|unknown operation",
                "[{'op':'add','path':'/a'}]|without a value",
            })
    void what_cannot_be_done_is_refused_and_nothing_is_changed(String patch, String why) {
        ObjectNode object = json("{'a':1,'list':[1,2]}");

        assertThatThrownBy(() -> JsonPatching.apply(object, Tree.parse(bytes(patch))))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining(why);
        assertThat(object).isEqualTo(json("{'a':1,'list':[1,2]}"));
    }

    private static ObjectNode json(String text) {
        return Tree.parseObject(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}

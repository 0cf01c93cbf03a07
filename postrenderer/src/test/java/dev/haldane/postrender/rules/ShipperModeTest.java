package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.UserError;
import dev.haldane.postrender.config.file.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShipperModeTest {

    @ParameterizedTest
    @CsvSource({
        "inject-canary, true, rules.shipper needs inject-canary off",
        "inject-virtualservice, true, rules.shipper needs inject-virtualservice off",
        "own-fields, true, rules.shipper needs own-fields off",
        "modernise, false, rules.shipper needs modernise on",
        "drop-release, false, rules.shipper needs drop-release on",
        "fix-app-label, false, rules.shipper needs fix-app-label on",
    })
    void a_rule_that_does_not_go_with_shipper_is_a_mistake(String rule, boolean on, String problem) {
        var settings = List.of("rules.shipper=true", "rules." + rule + "=" + on);
        var file = "apiVersion: haldane.dev/v1\nkind: RolloutDefaults\nrules:\n  shipper: true\n  " + rule + ": " + on;

        assertThatThrownBy(() -> RuleSet.of(Configuration.with(RolloutDefaults.builtIn(), settings)))
                .isInstanceOf(UserError.class)
                .hasMessage(problem);
        assertThatThrownBy(() -> Configuration.parse(file, "haldane.yaml"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("haldane.yaml:5: " + problem);
    }

    @Test
    void a_setting_above_a_file_decides_between_them() {
        var file = Configuration.parse(
                "apiVersion: haldane.dev/v1\nkind: RolloutDefaults\nrules: {inject-canary: true}\n", "haldane.yaml");
        var settings = List.of("rules.shipper=true", "rules.inject-canary=false");

        assertThat(RuleSet.of(Configuration.with(file, settings)).rules())
                .extracting(rule -> rule.id())
                .contains("shipper", "modernise", "fix-app-label", "drop-release")
                .doesNotContain("inject-canary", "inject-virtualservice", "own-fields");
    }
}

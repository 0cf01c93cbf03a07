package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path README = Path.of("../README.md");

    @Test
    void its_table_of_rules_is_what_haldane_rules_says() throws IOException {
        var rows = Files.readAllLines(README).stream()
                .filter(line -> line.matches("\\| `[a-z-]+` \\| (on|off) \\| .*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(RuleSet.all(RolloutDefaults.builtIn()).stream()
                        .map(rule -> "| `" + rule.id() + "` | " + (rule.onByDefault() ? "on" : "off") + " | "
                                + rule.sentence() + " |")
                        .toList());
    }
}

package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.file.Configuration;
import dev.haldane.postrender.manifest.Document;
import dev.haldane.postrender.rule.Outcome;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of [Rule], for every rule on every document that we have. A rule without an example folder fails.
class RuleLawsTest {
    /// Each rule has something to do.
    private static final RolloutDefaults CONFIGURED = Configuration.with(
            RolloutDefaults.builtIn(),
            List.of(
                    "publicUrls.docker-registry.jx.svc.cluster.local:5000=registry.example.com",
                    "publicUrls.jenkins-x-chartmuseum:8080=https://charts.example.com"));

    private static final Release RELEASE = new Release("jx-production", "jx-production");

    static List<Rule> rules() {
        return RuleSet.all(CONFIGURED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rewrites_its_example(Rule rule) throws IOException {
        var folder = Corpus.EXAMPLES.resolve(rule.id());
        var before = Corpus.source(folder.resolve("before.yaml"));
        var after = folder.resolve("after.yaml");
        var rewritten = rewrite(before, rule).text();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(after, rewritten);
        }

        assertThat(rewritten).isEqualTo(Files.readString(after)).isNotEqualTo(before.text());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void changes_nothing_the_second_time(Rule rule) {
        for (Source source : Corpus.all()) {
            var once = rewrite(source, rule);

            var twice = rewrite(new Source(source.name(), once.text()), rule);

            assertThat(twice.text()).as(source.name()).isEqualTo(once.text());
            assertThat(twice.report().changedNothing()).as(source.name()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void commutes_with_its_stage(Rule rule) {
        for (Rule other : rules()) {
            if (other.stage() == rule.stage()) {
                for (Source source : Corpus.all()) {
                    assertThat(rewrite(source, rule, other).text())
                            .as(source.name())
                            .isEqualTo(rewrite(source, other, rule).text());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void leaves_each_document_that_it_does_not_report_byte_for_byte(Rule rule) {
        for (Source source : Corpus.all()) {
            var rendering = rewrite(source, rule);

            var after = rendering.text();
            int at = 0;
            for (Document document : untouched(source, rendering)) {
                int found = after.indexOf(document.text(), at);
                assertThat(found).as(source.name() + ":" + document.firstLine()).isNotNegative();
                at = found + document.text().length();
            }
        }
    }

    private static List<Document> untouched(Source source, Rendering rendering) {
        var touched = rendering.report().outcomes().stream()
                .filter(outcome -> outcome instanceof Outcome.Changed || outcome instanceof Outcome.Dropped)
                .map(Outcome::subject)
                .toList();
        var untouched = new ArrayList<Document>();
        for (Document document : Document.split(source.text(), source.name())) {
            var subject = document.manifest()
                    .map(Outcome.Subject::of)
                    .orElse(new Outcome.Subject("", "Document", "", "line " + document.firstLine()));
            if (!touched.contains(subject)
                    && document.manifest().filter(m -> m.kind().equals("List")).isEmpty()) {
                untouched.add(document);
            }
        }
        return untouched;
    }

    @Test
    void without_rules_nothing_changes_at_all() {
        for (Source source : Corpus.all()) {
            assertThat(new RuleSet(List.of())
                            .rewrite(source.text(), source.name(), RELEASE)
                            .text())
                    .as(source.name())
                    .isEqualTo(source.text());
        }
    }

    @Test
    void what_inject_puts_in_uninject_takes_out() {
        var injecting = rules().stream()
                .filter(rule -> rule.stage().compareTo(Rule.Stage.CANARY) >= 0
                        && rule.stage().compareTo(Rule.Stage.OWN) <= 0)
                .toList();
        int injected = 0;
        for (Source source : Corpus.all()) {
            if (source.text().contains("haldane.dev/")) {
                continue;
            }
            var rendering = new RuleSet(injecting).rewrite(source.text(), source.name(), RELEASE);
            injected += rendering.report().changedNothing() ? 0 : 1;

            assertThat(Uninject.undo(rendering.text(), source.name()).text())
                    .as(source.name())
                    .isEqualTo(source.text());
        }
        assertThat(injected).isPositive();
    }

    @Test
    void real_charts_of_jenkins_x_get_their_canaries() {
        var real = Corpus.real();
        var rules = RuleSet.of(RolloutDefaults.builtIn());

        var injected = real.stream()
                .filter(source -> !rules.rewrite(source.text(), source.name(), RELEASE)
                        .report()
                        .changedNothing())
                .count();

        assumeTrue(real.size() > 60, "skipped: the shared corpus is not the whole one");
        assertThat(injected).isGreaterThanOrEqualTo(20);
    }

    private static Rendering rewrite(Source source, Rule... rules) {
        return new RuleSet(List.of(rules)).rewrite(source.text(), source.name(), RELEASE);
    }
}

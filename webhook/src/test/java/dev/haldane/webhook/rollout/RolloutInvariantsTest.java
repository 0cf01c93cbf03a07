package dev.haldane.webhook.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.rollout.Effect.CopyToPrimary;
import dev.haldane.webhook.rollout.Effect.Route;
import dev.haldane.webhook.rollout.Effect.StopCanary;
import dev.haldane.webhook.rollout.Effect.TellOnce;
import dev.haldane.webhook.rollout.Situations.Situation;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What must hold in every situation there is, not only in the ones we thought of.
class RolloutInvariantsTest {

    private static final List<Situation> ALL = Situations.all();

    private static void inEvery(Consumer<Situation> law) {
        ALL.forEach(situation -> {
            try {
                law.accept(situation);
            } catch (AssertionError e) {
                throw new AssertionError(situation + "\n" + e.getMessage(), e);
            }
        });
    }

    @Test
    void every_situation_is_decided_and_no_question_is_asked_twice() {
        // Situations.all() follows every question with every answer and fails on a question that was answered before.
        assertThat(ALL.size()).isEqualTo(19_169);
    }

    @Test
    void a_canary_is_never_stopped_while_it_gets_traffic() {
        inEvery(s -> {
            var effects = s.go().effects();
            if (effects.contains(new StopCanary()) && !(s.phase() instanceof Initializing)) {
                assertThat(effects.indexOf(new StopCanary())).isGreaterThan(effects.indexOf(new Route(Weight.NONE)));
                assertThat(effects).contains(new Route(Weight.NONE));
            }
            assertThat(effects.stream().filter(e -> e instanceof Route).count()).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void nobody_is_sent_to_a_canary_that_cannot_serve_or_was_not_looked_at() {
        inEvery(s -> {
            for (var effect : s.everything()) {
                if (effect instanceof Route(var weight) && !weight.equals(Weight.NONE)) {
                    assertThat(s.seen().canary()).isInstanceOfAny(Health.Ready.class, Health.Pending.class);
                    assertThat(s.phase())
                            .extracting(Situations::revision)
                            .isEqualTo(s.seen().target().revision());
                }
            }
        });
    }

    @Test
    void within_a_run_the_weight_only_grows_by_one_step_and_only_after_all_checks_held() {
        inEvery(s -> {
            if (s.phase() instanceof Progressing before
                    && s.go().next() instanceof Progressing after
                    && before.revision().equals(after.revision())) {
                assertThat(after.step()).isBetween(before.step(), before.step() + 1);
                if (after.step() > before.step() && before.step() >= 0) {
                    assertThat(s.seen().answer(Question.METRICS)).isEqualTo(new Answer.Yes());
                }
            }
        });
    }

    @Test
    void a_resting_canary_without_a_new_revision_has_no_effects() {
        inEvery(s -> {
            var owes = s.phase() instanceof Phase.Failed failed && failed.owesGit();
            var present =
                    !(s.seen().canary() instanceof Health.Missing) && !s.spec().suspended();
            if (s.phase() instanceof Resting resting
                    && resting.revision().equals(s.seen().target().revision())
                    && present
                    && !owes) {
                assertThat(s.go()).isEqualTo(Decision.stay(s.phase(), "no new revision"));
            }
        });
    }

    @Test
    void failed_checks_never_exceed_the_threshold() {
        inEvery(s -> {
            if (s.go().next() instanceof Progressing p && !p.equals(s.phase())) {
                assertThat(p.failedChecks()).isLessThan(s.spec().analysis().threshold());
            }
        });
    }

    @Test
    void promotion_copies_only_what_was_analysed() {
        inEvery(s -> {
            if (!s.go().effects().contains(new CopyToPrimary()) || s.phase() instanceof Initializing) {
                return;
            }
            assertThat(Situations.revision(s.phase()))
                    .isEqualTo(s.seen().target().revision());
            if (s.phase() instanceof Progressing p && !s.spec().skipAnalysis()) {
                assertThat(s.seen().answer(Question.METRICS)).isEqualTo(new Answer.Yes());
                assertThat(p.step()).isEqualTo(s.spec().analysis().steps().size() - 1);
            }
        });
    }

    @Test
    void the_first_primary_is_replaced_only_while_it_serves_nobody_and_cannot() {
        inEvery(s -> {
            if (s.phase() instanceof Initializing && s.go().effects().contains(new CopyToPrimary())) {
                assertThat(s.seen().primary().health()).isInstanceOf(Health.Stuck.class);
                assertThat(s.go().next()).isEqualTo(s.phase());
            }
        });
    }

    @Test
    void a_run_succeeds_only_with_a_primary_that_has_its_revision() {
        inEvery(s -> {
            if (s.go().next() instanceof Succeeded(var revision)
                    && !s.go().next().equals(s.phase())) {
                assertThat(s.seen().primary().runs(revision) || s.go().effects().contains(new CopyToPrimary()))
                        .isTrue();
            }
        });
    }

    @Test
    void no_judgement_without_the_provider() {
        inEvery(s -> {
            if (s.seen().answer(Question.METRICS) instanceof Answer.Unknown
                    && !s.seen().unasked(Question.METRICS)) {
                assertThat(s.go().next()).isEqualTo(s.phase());
                assertThat(s.go().effects()).hasSize(1).allMatch(e -> e instanceof TellOnce);
            }
        });
    }

    @Test
    void a_tick_between_the_intervals_judges_nothing_and_moves_no_traffic_to_the_canary() {
        inEvery(s -> {
            if (!s.seen().due()) {
                assertThat(s.seen().answers()).doesNotContainKey(Question.METRICS);
                if (s.phase() instanceof Progressing before && s.go().next() instanceof Progressing after) {
                    assertThat(after.step()).isLessThanOrEqualTo(before.step());
                }
            }
        });
    }

    @Test
    void what_is_suspended_or_has_no_target_is_left_alone() {
        inEvery(s -> {
            if (s.spec().suspended() || s.seen().canary() instanceof Health.Missing) {
                assertThat(s.go().next()).isEqualTo(s.phase());
                assertThat(s.everything()).hasSize(1).allMatch(e -> e instanceof TellOnce);
            }
        });
    }

    @Test
    void a_rollback_leaves_a_debt_to_git_and_a_reason() {
        inEvery(s -> {
            if (s.phase() instanceof Progressing && s.go().next() instanceof Phase.Failed failed) {
                assertThat(failed.owesGit()).isTrue();
                assertThat(s.go().verdict()).isPresent();
                assertThat(s.go().verdict().orElseThrow().sentence()).startsWith("croc-hunter 1.2.0 rolled back: ");
            }
        });
    }

    @Test
    void a_promotion_that_began_is_never_judged_again() {
        inEvery(s -> {
            if (s.phase() instanceof Promoting || s.phase() instanceof Finalising) {
                assertThat(s.seen().answers()).doesNotContainKey(Question.METRICS);
            }
        });
    }

    @Test
    void what_comes_after_the_status_is_done_again_by_upkeep() {
        inEvery(s -> assertThat(s.go().afterRemembering()).isSubsetOf(new Effect.Settle(), new StopCanary()));
    }

    @Test
    void upkeep_stops_nothing_that_serves_and_moves_no_phase() {
        inEvery(s -> {
            var effects = Upkeep.of(s.spec(), s.phase(), s.seen());
            if (effects.contains(new StopCanary())) {
                assertThat(s.phase()).isInstanceOf(Resting.class).isNotInstanceOf(Phase.KeptOnCanary.class);
                assertThat(s.seen().primary().health()).isInstanceOf(Health.Ready.class);
                assertThat(effects.getFirst()).isEqualTo(new Route(Weight.NONE));
            }
        });
    }

    @Test
    void the_same_input_gives_the_same_answer() {
        inEvery(s -> assertThat(Rollout.decide(s.spec(), s.phase(), s.seen())).isEqualTo(s.go()));
    }
}

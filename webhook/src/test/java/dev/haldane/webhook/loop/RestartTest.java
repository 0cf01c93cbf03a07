package dev.haldane.webhook.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.analysis.Tally;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Resting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.rollout.Specs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server may be killed between any two things that it does to the world: the end is the same, and no event is
/// lost.
class RestartTest {

    /// What a run meets, and how it ends.
    enum Story {
        PROMOTED,
        ROLLED_BACK,
        STUCK,
        PROMOTION_FAILS,
        SKIPPED,
        WITHDRAWN,
        RESTARTED;

        Rehearsal begin() {
            var spec = Specs.steps(10, 50);
            return new Rehearsal(this == SKIPPED ? Specs.unjudged(spec) : spec);
        }

        /// What happens to the world, as a function of where the run stands: so it happens again after a crash.
        void happen(Rehearsal it) {
            var phase = it.phase();
            switch (this) {
                case PROMOTED, SKIPPED -> {}
                case ROLLED_BACK -> {
                    it.metrics.success = OptionalDouble.of(phase instanceof Progressing p && p.step() == 1 ? 70 : 100);
                    it.metrics.canary = new Tally(912, 37);
                }
                case STUCK ->
                    it.cluster.targetHealth = phase instanceof Progressing p && p.step() == 1
                            ? Optional.of(new Health.Stuck("deadline"))
                            : Optional.empty();
                case PROMOTION_FAILS ->
                    it.cluster.primaryHealth =
                            phase instanceof Promoting ? Optional.of(new Health.Stuck("deadline")) : Optional.empty();
                case WITHDRAWN -> {
                    if (phase instanceof Progressing p && p.step() == 1) {
                        it.cluster.target = new Revision("v1");
                    }
                }
                case RESTARTED -> {
                    if (phase instanceof Progressing p && p.step() == 0) {
                        it.cluster.target = new Revision("v3");
                    }
                }
            }
        }

        Rehearsal play(CrashPoint crash, boolean restartAlways) {
            var it = begin();
            it.crashAt(crash);
            it.until(phase -> phase instanceof Initialized);
            it.cluster.deploy("v2");
            it.repository.version = "1.2.0";
            it.tick();
            for (int i = 0; i < 100 && !ended(it); i++) {
                happen(it);
                if (restartAlways) {
                    it.restart();
                    it.sleep(java.time.Duration.ofSeconds(17));
                }
                it.tick();
            }
            it.tick(); // What a crash left undone after the status was written.
            assertThat(it.phase()).as(crash + " " + it.texts()).isInstanceOf(Resting.class);
            return it;
        }

        private static boolean ended(Rehearsal it) {
            return switch (it.phase()) {
                case Succeeded _, KeptOnCanary _ -> true;
                case Failed failed -> !failed.owesGit();
                case dev.haldane.webhook.canary.Phase _ -> false;
            };
        }
    }

    private record End(String phase, int weight, Optional<Revision> primary, boolean targetRuns, String verdict) {
        static End of(Rehearsal it) {
            return new End(
                    it.phase().toString(),
                    it.cluster.weight.percent(),
                    it.cluster.primary,
                    it.cluster.targetRuns,
                    it.cluster.status().verdict());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_crash_anywhere_leads_to_the_same_end_and_loses_no_event(Story story) {
        var undisturbed = story.play(CrashPoint.never(), false);
        var counting = new CrashPoint(Integer.MAX_VALUE - 1, false);
        story.play(counting, false);
        for (int at = 0; at < counting.done(); at++) {
            for (var after : List.of(true, false)) {
                var it = story.play(new CrashPoint(at, after), false);
                assertThat(it.crashes).isEqualTo(1);
                assertThat(End.of(it)).as((after ? "after " : "before ") + at).isEqualTo(End.of(undisturbed));
                assertThat(new HashSet<>(it.texts()))
                        .as((after ? "after " : "before ") + at)
                        .containsExactlyInAnyOrderElementsOf(new HashSet<>(undisturbed.texts()));
                assertThat(it.repository.commits()).isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_restarts_before_every_tick_tells_the_same_story(Story story) {
        var undisturbed = story.play(CrashPoint.never(), false);
        var restarted = story.play(CrashPoint.never(), true);
        assertThat(End.of(restarted)).isEqualTo(End.of(undisturbed));
        assertThat(restarted.texts()).isEqualTo(undisturbed.texts());
        assertThat(restarted.cluster.weights).isEqualTo(undisturbed.cluster.weights);
    }
}

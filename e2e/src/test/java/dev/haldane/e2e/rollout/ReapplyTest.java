package dev.haldane.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import dev.haldane.e2e.rollout.Fleet.Ship;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The law: applying the same manifests again, with any tool, with the server up or down, changes nothing that serves
/// traffic, and no tool reports a conflict.
class ReapplyTest {

    /// In this order they follow from each other; each is reached from any other.
    enum Situation {
        AT_REST_SERVER_UP,
        MID_ROLLOUT_SERVER_UP,
        MID_ROLLOUT_SERVER_DOWN,
        AT_REST_SERVER_DOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        void reach(Fleet fleet) {
            switch (this) {
                case AT_REST_SERVER_UP, AT_REST_SERVER_DOWN -> fleet.rest();
                case MID_ROLLOUT_SERVER_UP, MID_ROLLOUT_SERVER_DOWN -> fleet.holdInTheMiddle();
            }
            switch (this) {
                case AT_REST_SERVER_UP, MID_ROLLOUT_SERVER_UP -> fleet.start();
                case AT_REST_SERVER_DOWN, MID_ROLLOUT_SERVER_DOWN -> fleet.kill();
            }
        }
    }

    /// What one tool did in one situation.
    private record Outcome(Tool tool, Program program, String change, long requests, List<String> failures) {

        @Override
        public String toString() {
            return "exit " + program.status() + ", " + (change.isEmpty() ? "nothing changed" : "CHANGED") + ", "
                    + requests + " requests, " + failures.size() + " failed";
        }
    }

    private static final List<String> TABLE = new ArrayList<>();

    private static @Nullable Fleet fleet;

    @BeforeAll
    static void launch() {
        fleet = new Fleet();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_same_manifests_again_change_nothing_that_serves_and_no_tool_complains(Situation situation) {
        var all = Objects.requireNonNull(fleet);
        situation.reach(all);

        var outcomes = all.each(ship -> applyAgain(all, ship));

        SoftAssertions.assertSoftly(softly -> outcomes.forEach(outcome -> {
            var tool = outcome.tool().name();
            TABLE.add("LAW " + situation + " | " + tool + " | " + outcome);
            softly.assertThat(outcome.program().status())
                    .as(tool + ": " + outcome.program())
                    .isZero();
            softly.assertThat((outcome.program().out() + outcome.program().err()).toLowerCase(Locale.ROOT))
                    .as(tool)
                    .doesNotContain("conflict", "haldane holds");
            softly.assertThat(outcome.change()).as(tool).isEmpty();
            softly.assertThat(outcome.failures()).as(tool).isEmpty();
        }));
    }

    private static Outcome applyAgain(Fleet all, Ship ship) {
        var croc = ship.croc();
        var visitors = all.visitors(ship);
        var before = croc.serving();
        assertThat(before).contains("croc-hunter-primary", "croc-hunter-entry");
        long requests = visitors.requests();
        var program = ship.tool().apply().apply(croc, all.version());
        var change = "";
        try {
            Fleet.awaitUnchanged(croc, before);
        } catch (ConditionTimeoutException _) {
            change = "before:\n" + before + "\nafter:\n" + croc.serving();
        }
        return new Outcome(ship.tool(), program, change, visitors.requests() - requests, visitors.failures());
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void land() {
        TABLE.forEach(System.out::println);
        if (fleet != null) {
            fleet.close();
        }
    }
}

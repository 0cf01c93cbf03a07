package dev.haldane.postrender.plan;

import dev.haldane.postrender.plan.Moment.Action;
import java.util.ArrayList;
import java.util.List;

/// Lays a rollout out look by look, as the loop walks it when all is well: one look an interval, the first step one
/// interval after the revision was found, a check of each step at the look after it.
final class Schedule {
    private static final int ALL = 100;

    private final Analysis analysis;
    private final boolean routed;
    private final List<Moment> moments = new ArrayList<>();

    private Schedule(Analysis analysis, boolean routed) {
        this.analysis = analysis;
        this.routed = routed;
    }

    /// @param routed whether anything shares requests out; without a mesh or an ingress nothing does
    static List<Moment> of(Analysis analysis, boolean routed) {
        var schedule = new Schedule(analysis, routed);
        schedule.moments.add(new Moment(0, Action.FOUND, 0));
        if (analysis.strategy() == Strategy.UNJUDGED) {
            schedule.moments.add(new Moment(0, Action.UNJUDGED, 0));
        } else {
            schedule.next(Action.PROMOTED, schedule.judged());
            schedule.back();
            schedule.next(Action.DONE, 0);
        }
        return List.copyOf(schedule.moments);
    }

    private void next(Action action, int weight) {
        moments.add(new Moment(moments.size(), action, weight));
    }

    /// The looks until the promotion.
    ///
    /// @return the weight that is in force then
    private int judged() {
        switch (analysis.strategy()) {
            case WEIGHTS -> {
                if (analysis.mirrored() > 0) {
                    next(Action.MIRRORED, 0);
                }
                analysis.weights().forEach(weight -> next(Action.WEIGHT, weight));
            }
            case A_B -> iterations(ALL);
            case BLUE_GREEN -> {
                iterations(0);
                next(routed ? Action.ALL_TO_CANARY : Action.ITERATION, routed ? ALL : 0);
            }
            case UNJUDGED -> {}
        }
        return moments.getLast().weight();
    }

    private void iterations(int weight) {
        for (int i = 0; i < analysis.iterations(); i++) {
            next(analysis.mirrored() > 0 ? Action.MIRRORED : Action.ITERATION, weight);
        }
    }

    private void back() {
        int weight = moments.getLast().weight();
        int step = analysis.promotion() == 0 ? ALL : analysis.promotion();
        for (weight -= step; weight > 0; weight -= step) {
            next(Action.SOME_TO_PRIMARY, weight);
        }
        next(Action.ALL_TO_PRIMARY, 0);
    }
}

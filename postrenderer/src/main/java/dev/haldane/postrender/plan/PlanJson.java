package dev.haldane.postrender.plan;

import dev.haldane.postrender.manifest.Node;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import dev.haldane.postrender.manifest.Node.Style;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A plan for machines. Times are in seconds, shares in percent.
public final class PlanJson {
    private static final double MILLIS = 1000;

    private PlanJson() {}

    /// @param perMinute requests a minute for which to say how long a run must be
    public static Mapping of(Plan plan, String origin, double perMinute) {
        var subject = plan.subject();
        var last = plan.moments().getLast();
        var json = Mapping.EMPTY
                .with(
                        "canary",
                        Mapping.EMPTY
                                .with("apiVersion", subject.apiVersion())
                                .with("namespace", subject.namespace())
                                .with("name", subject.name()))
                .with("origin", origin)
                .with("target", plan.target())
                .with("strategy", plan.strategy().word())
                .with("mirroredPercent", Scalar.of(plan.analysis().mirrored()))
                .with("intervalSeconds", seconds(plan.interval()))
                .with("threshold", Scalar.of(plan.threshold()))
                .with("suspended", Scalar.of(plan.suspended()))
                .with(
                        "moments",
                        list(plan.moments().stream().map(m -> moment(m, plan)).toList()))
                .with("lastsSeconds", seconds(plan.at(last)))
                .with("rolledBackAfterSeconds", seconds(plan.rollbackBound()))
                .with("notReadyAfterSeconds", seconds(plan.deadline()))
                .with(
                        "checks",
                        texts(plan.analysis().checks().stream()
                                .map(Check::toString)
                                .toList()))
                .with("notYet", texts(plan.notYet()));
        return plan.traffic()
                .map(traffic -> json.with("traffic", traffic(traffic, perMinute)))
                .orElse(json);
    }

    private static Node moment(Moment moment, Plan plan) {
        return Mapping.EMPTY
                .with("look", Scalar.of(moment.look()))
                .with("atSeconds", seconds(plan.at(moment)))
                .with("action", moment.action().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("canaryPercent", Scalar.of(moment.weight()))
                .with(
                        "waitsFor",
                        texts(MomentText.gates(moment, plan).stream()
                                .map(Hook::name)
                                .toList()))
                .with("text", MomentText.of(moment, plan));
    }

    private static Node traffic(Traffic traffic, double perMinute) {
        return Mapping.EMPTY
                .with("check", traffic.check().name())
                .with("confidence", number(Traffic.CONFIDENCE))
                .with("requestsNeeded", Scalar.of(traffic.needed()))
                .with("perMinuteNeeded", Scalar.of(traffic.perMinute()))
                .with("perMinuteToBearOneBad", Scalar.of(traffic.perMinuteToBearOne()))
                .with("perMinuteToSeeAny", Scalar.of(traffic.perMinuteToSeeAny()))
                .with(
                        "at",
                        Mapping.EMPTY
                                .with("perMinute", number(perMinute))
                                .with("intervalSeconds", seconds(traffic.intervalAt(perMinute)))
                                .with("judgedSeconds", seconds(traffic.durationAt(perMinute))));
    }

    private static Scalar seconds(Duration duration) {
        return number(duration.toMillis() / MILLIS);
    }

    private static Scalar number(double number) {
        var text = Numbers.plain(number);
        return new Scalar(text.indexOf('.') < 0 ? ScalarType.INTEGER : ScalarType.FLOAT, text, Style.PLAIN);
    }

    private static Sequence texts(List<String> texts) {
        return list(texts.stream().map(text -> (Node) Scalar.of(text)).toList());
    }

    private static Sequence list(List<Node> nodes) {
        return new Sequence(nodes);
    }
}

package dev.haldane.webhook.analysis;

import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.MetricCheck;
import java.util.OptionalDouble;

/// The value of one check at one look.
///
/// @param value empty if there was no data, which fails the check as it does in Flagger
public record Reading(MetricCheck check, OptionalDouble value) {

    /// Flagger names the mesh provider in its texts.
    private static final String PROVIDER = "istio";

    public boolean passes() {
        return value.isPresent() && !tooLow() && !tooHigh();
    }

    private boolean tooLow() {
        return check.min().isPresent() && measured() < check.min().getAsDouble();
    }

    private boolean tooHigh() {
        return check.max().isPresent() && measured() > check.max().getAsDouble();
    }

    /// Flagger cuts a duration to whole milliseconds before it compares.
    private double measured() {
        var number = value.orElse(Double.NaN);
        return check.name().equals(MetricCheck.DURATION) ? (long) number : number;
    }

    /// Why this check stops the rollout, word for word as Flagger says it.
    public String halt(CanarySpec spec) {
        if (value.isEmpty()) {
            return noValues(spec);
        }
        return "Halt " + spec.id() + " advancement "
                + switch (check.name()) {
                    case MetricCheck.SUCCESS_RATE ->
                        "success rate " + Numbers.twoDecimals(measured()) + "% " + sign() + " " + Numbers.plain(limit())
                                + "%";
                    case MetricCheck.DURATION ->
                        "request duration " + Numbers.goDuration((long) measured()) + " " + sign() + " "
                                + Numbers.goDuration((long) limit());
                    default ->
                        check.name() + " " + Numbers.twoDecimals(measured()) + " " + sign() + " "
                                + Numbers.plain(limit());
                };
    }

    private String noValues(CanarySpec spec) {
        var about = "Halt advancement no values found for " + PROVIDER + " metric " + check.name() + " probably "
                + spec.target().name() + "." + spec.id().namespace() + " is not receiving traffic";
        return switch (check.name()) {
            case MetricCheck.SUCCESS_RATE -> about + ": running query failed: no values found";
            case MetricCheck.DURATION -> about;
            default -> "Halt advancement no values found for metric: " + check.name();
        };
    }

    /// The same for the verdict: `p99 812 ms, limit 500 ms`.
    String inWords() {
        if (value.isEmpty()) {
            return "no values found for " + check.name();
        }
        return switch (check.name()) {
            case MetricCheck.SUCCESS_RATE ->
                Numbers.percent(1 - measured() / 100) + " of the requests failed in "
                        + Numbers.goDuration(check.window().toMillis()) + ", limit " + Numbers.remainder(limit());
            case MetricCheck.DURATION ->
                "p99 " + Numbers.plain(measured()) + " ms, limit " + Numbers.plain(limit()) + " ms";
            default -> check.name() + " " + Numbers.twoDecimals(measured()) + ", limit " + Numbers.plain(limit());
        };
    }

    private String sign() {
        return tooLow() ? "<" : ">";
    }

    private double limit() {
        return (tooLow() ? check.min() : check.max()).orElse(Double.NaN);
    }
}

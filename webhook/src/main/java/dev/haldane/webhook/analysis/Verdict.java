package dev.haldane.webhook.analysis;

import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.MetricCheck;
import java.util.Optional;
import java.util.OptionalDouble;

/// How a revision's run ended, as one sentence with numbers. Status, event, log and commit say this very sentence:
/// `croc-hunter 1.8.2 rolled back: 37 of 912 requests failed (4.1 %), primary 0.4 %, limit 1 %`.
public record Verdict(Outcome outcome, String sentence) {

    /// How a run can end.
    public enum Outcome {
        PROMOTED("promoted"),
        ROLLED_BACK("rolled back"),
        PROMOTION_FAILED("not promoted");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /// What was judged, for people.
    ///
    /// @param version `""` if it has none
    public record Subject(String app, String version) {
        @Override
        public String toString() {
            return version.isEmpty() ? app : app + " " + version;
        }
    }

    /// The requests of one run. Empty where the provider could not be asked.
    public record Requests(Tally canary, Tally primary) {}

    /// A verdict whose cause names itself.
    public static Verdict of(Outcome outcome, Subject subject, String why) {
        return new Verdict(outcome, subject + " " + outcome.words + ": " + why);
    }

    public static Verdict promoted(Subject subject, Analysis analysis, Optional<Requests> requests) {
        var why = requests.map(r -> counted(r, failureLimit(analysis))).orElse("requests could not be counted");
        return of(Outcome.PROMOTED, subject, why);
    }

    /// `cause` speaks for itself, unless it is about failed requests and the count over the whole run shows them too.
    public static Verdict rolledBack(
            Subject subject,
            Analysis analysis,
            Optional<Reading> cause,
            Optional<Requests> requests,
            String otherwise) {
        var limit = failureLimit(analysis);
        var aboutFailures = cause.map(c -> c.check().name().equals(MetricCheck.SUCCESS_RATE)
                        && c.value().isPresent())
                .orElse(true);
        if (aboutFailures && requests.isPresent() && exceeds(requests.get().canary(), limit)) {
            return of(Outcome.ROLLED_BACK, subject, counted(requests.get(), limit));
        }
        return of(Outcome.ROLLED_BACK, subject, cause.map(Reading::inWords).orElse(otherwise));
    }

    private static String counted(Requests requests, OptionalDouble limit) {
        var canary = requests.canary();
        var sentence = new StringBuilder();
        if (canary.requests() == 0) {
            sentence.append("no request was counted");
        } else {
            sentence.append(canary.failed()).append(" of ").append(canary.requests());
            sentence.append(canary.requests() == 1 ? " request" : " requests").append(" failed (");
            sentence.append(Numbers.percent(canary.failureShare())).append(')');
        }
        if (requests.primary().requests() > 0) {
            sentence.append(", primary ")
                    .append(Numbers.percent(requests.primary().failureShare()));
        }
        limit.ifPresent(least -> sentence.append(", limit ").append(Numbers.remainder(least)));
        return sentence.toString();
    }

    private static boolean exceeds(Tally tally, OptionalDouble least) {
        return least.isPresent() && tally.failureShare() * 100 > 100 - least.getAsDouble();
    }

    /// The least success rate in per cent that the analysis asks for.
    private static OptionalDouble failureLimit(Analysis analysis) {
        return analysis.checks().stream()
                .filter(check -> check.name().equals(MetricCheck.SUCCESS_RATE))
                .map(MetricCheck::min)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}

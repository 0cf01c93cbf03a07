package dev.haldane.postrender.plan;

import java.time.Duration;
import java.util.Optional;

/// Durations as a Canary has them, and as people say them.
final class Interval {
    private static final int DIGITS = 9;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

    private Interval() {}

    /// `1m30s500ms`, each part at most once and in that order; empty if it is anything else.
    static Optional<Duration> parse(String text) {
        var sum = Duration.ZERO;
        int at = 0;
        int last = 0;
        while (at < text.length()) {
            int from = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            var unit = text.startsWith("ms", at) ? "ms" : text.substring(at, Math.min(at + 1, text.length()));
            int order = switch (unit) {
                case "m" -> 1;
                case "s" -> 2;
                case "ms" -> 3;
                default -> 0;
            };
            if (at == from || at - from > DIGITS || order <= last) {
                return Optional.empty();
            }
            long number = Long.parseLong(text.substring(from, at));
            sum = sum.plus(
                    order == 1
                            ? Duration.ofMinutes(number)
                            : order == 2 ? Duration.ofSeconds(number) : Duration.ofMillis(number));
            last = order;
            at += unit.length();
        }
        return last == 0 ? Optional.empty() : Optional.of(sum);
    }

    /// The form in which a Canary takes it: `34m`, `90s`.
    static String written(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        return seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
    }

    /// `5 minutes`, `1 minute`, `90 s`, `2 h 50 min` (from 90 minutes on), `3 days 1 h`.
    static String spoken(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillisPart() != 0) {
            return decimal(duration.toMillis()) + " s";
        }
        if (seconds >= 2L * DAY) {
            return seconds / DAY + " days" + (seconds % DAY / HOUR == 0 ? "" : " " + seconds % DAY / HOUR + " h");
        }
        if (seconds > 90L * MINUTE || (seconds >= HOUR && seconds % HOUR == 0)) {
            return seconds / HOUR + " h" + (seconds % HOUR / MINUTE == 0 ? "" : " " + seconds % HOUR / MINUTE + " min");
        }
        if (seconds % MINUTE == 0) {
            return seconds / MINUTE + (seconds == MINUTE ? " minute" : " minutes");
        }
        return seconds <= 2 * MINUTE ? seconds + " s" : seconds / MINUTE + " min " + seconds % MINUTE + " s";
    }

    /// Minutes on the clock of a run: `5`, or `5:30` where there are seconds.
    static String clock(Duration since, boolean seconds) {
        if (since.toMillisPart() != 0 || !seconds) {
            return seconds
                    ? since.toMinutes() + ":" + two(since.toSecondsPart()) + "." + since.toMillisPart()
                    : Long.toString(since.toMinutes());
        }
        return since.toMinutes() + ":" + two(since.toSecondsPart());
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String decimal(long millis) {
        return millis / 1000 + "." + millis % 1000;
    }
}

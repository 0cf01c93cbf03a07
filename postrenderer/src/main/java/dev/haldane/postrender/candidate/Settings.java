package dev.haldane.postrender.candidate;

import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.config.RolloutDefaults.MetricDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Marks;
import java.util.ArrayList;
import java.util.List;

/// The settings of one rollout: what the Deployment's annotations say, else the configuration.
///
/// `haldane.dev/` with `interval`, `threshold`, `max-weight`, `step-weight`, `progress-deadline-seconds`, `hosts` and
/// `gateways` (both with commas), and a metric's name for its limit (`haldane.dev/request-success-rate: "99.5"`).
///
/// @param hosts    of the entry, with the Service's name put in; empty: in-mesh only
/// @param gateways of the entry; empty: `mesh`. The Gateway that we add ourselves is among them
public record Settings(
        String provider,
        String interval,
        long threshold,
        long maxWeight,
        long stepWeight,
        long progressDeadlineSeconds,
        List<MetricDefaults> metrics,
        List<String> hosts,
        List<String> gateways) {

    /// An annotation says something that nobody understands.
    public static final class Nonsense extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Nonsense(String key, String given, String wanted) {
            super(Marks.PREFIX + key + ": \"" + given + "\" should be " + wanted);
        }
    }

    /// @throws Nonsense if an annotation has a value that cannot be
    public static Settings of(Manifest deployment, String apex, RolloutDefaults defaults) {
        var analysis = defaults.analysis();
        var said = new Said(deployment);
        return new Settings(
                defaults.provider(),
                said.duration("interval", analysis.interval()),
                said.number("threshold", analysis.threshold(), 1_000),
                said.number("max-weight", analysis.maxWeight(), 100),
                said.number("step-weight", analysis.stepWeight(), 100),
                said.number("progress-deadline-seconds", defaults.progressDeadlineSeconds(), 86_400),
                analysis.metrics().stream().map(said::metric).toList(),
                said.list("hosts", defaults.hosts()).stream()
                        .map(host -> host.replace("{app}", apex))
                        .toList(),
                gateways(said.list("gateways", defaults.gateways()), apex, defaults));
    }

    private static List<String> gateways(List<String> said, String apex, RolloutDefaults defaults) {
        var gateways = new ArrayList<>(said);
        defaults.routing()
                .gateway()
                .map(gateway -> gateway.name().replace("{app}", apex))
                .filter(name -> !gateways.contains(name))
                .ifPresent(gateways::add);
        return gateways;
    }

    /// What a Deployment's annotations say.
    private record Said(Manifest deployment) {

        String duration(String key, String otherwise) {
            var text = text(key, otherwise);
            int digits = 0;
            while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
                digits++;
            }
            boolean right = digits > 0 && digits == text.length() - 1 && "sm".indexOf(text.charAt(digits)) >= 0;
            if (!right && !text.equals(otherwise)) {
                throw new Nonsense(key, text, "a number of seconds or minutes, such as 60s or 1m");
            }
            return text;
        }

        long number(String key, long otherwise, long most) {
            var text = text(key, "");
            if (text.isEmpty()) {
                return otherwise;
            }
            boolean digits = text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            long number = digits ? Long.parseLong(text) : 0;
            if (number < 1 || number > most) {
                throw new Nonsense(key, text, "a number from 1 to " + most);
            }
            return number;
        }

        List<String> list(String key, List<String> otherwise) {
            var text = text(key, "");
            if (text.isEmpty()) {
                return otherwise;
            }
            var list = new ArrayList<String>();
            for (int from = 0; from <= text.length(); ) {
                int comma = text.indexOf(',', from);
                int to = comma < 0 ? text.length() : comma;
                var item = text.substring(from, to).strip();
                if (!item.isEmpty()) {
                    list.add(item);
                }
                from = to + 1;
            }
            return list;
        }

        MetricDefaults metric(MetricDefaults metric) {
            var text = text(metric.name(), "");
            if (text.isEmpty()) {
                return metric;
            }
            if (!isDecimal(text)) {
                throw new Nonsense(metric.name(), text, "a number");
            }
            return metric.min().isEmpty()
                    ? new MetricDefaults(metric.name(), "", text, metric.interval())
                    : new MetricDefaults(metric.name(), text, metric.max(), metric.interval());
        }

        private static boolean isDecimal(String text) {
            int point = text.indexOf('.');
            return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                    && point == text.lastIndexOf('.')
                    && point != 0
                    && point != text.length() - 1;
        }

        private String text(String key, String otherwise) {
            return deployment.annotation(Marks.PREFIX + key).map(String::strip).orElse(otherwise);
        }
    }
}

package dev.haldane.webhook.http;

import java.util.Optional;
import java.util.function.Supplier;

/// One thing that must be so before anybody should rely on us.
public interface ReadinessCheck {

    /// A word for it, such as `certificate`.
    String name();

    /// Why it is not so (yet), in one sentence; empty if it is. Asked often: must not wait.
    Optional<String> problem();

    static ReadinessCheck of(String name, Supplier<Optional<String>> problem) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> problem() {
                return problem.get();
            }
        };
    }
}

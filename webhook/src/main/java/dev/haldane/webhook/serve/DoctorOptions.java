package dev.haldane.webhook.serve;

import dev.haldane.webhook.doctor.DoctorCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What `haldane doctor` was told.
public final class DoctorOptions {

    private static final GivenOptions.Known KNOWN =
            new GivenOptions.Known("doctor", List.of("--kubeconfig", "--namespace"), List.of());

    private DoctorOptions() {}

    /// @throws dev.haldane.postrender.config.UserError that names the option that is wrong
    public static DoctorCommand.Options parse(List<String> words, Map<String, String> environment) {
        var given = GivenOptions.parse(KNOWN, words, environment);
        return new DoctorCommand.Options(
                given.value("--kubeconfig").map(Path::of).map(Settings::existing), Settings.namespace(given));
    }
}

package dev.haldane.webhook.doctor;

import dev.haldane.postrender.config.UserError;
import dev.haldane.webhook.cluster.ClusterConnection;
import dev.haldane.webhook.doctor.Finding.State;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `haldane doctor`: one line for each thing that was looked at, and the remedy below what is not as it should be.
public final class DoctorCommand {

    private static final int SICK = 1;

    /// What it was asked.
    ///
    /// @param kubeconfig empty: the Pod's own, or the user's default context
    /// @param namespace  the server's own
    public record Options(Optional<Path> kubeconfig, String namespace) {}

    private final PrintStream out;

    public DoctorCommand(PrintStream out) {
        this.out = out;
    }

    /// @return the exit code: 0 if nothing is wrong, else 1; warnings do not count
    /// @throws UserError if there is no API server
    public int run(Options options) {
        var config = options.kubeconfig()
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        try (var client = ClusterConnection.open(config)) {
            var findings = new ArrayList<Finding>();
            for (var check : checks(client, options.namespace())) {
                var found = look(check);
                found.forEach(this::print);
                findings.addAll(found);
                if (check instanceof ServerCheck && found.getFirst().state() == State.WRONG) {
                    break;
                }
            }
            return conclusion(findings);
        }
    }

    private static List<Check> checks(KubernetesClient client, String namespace) {
        return List.of(
                new ServerCheck(client),
                new CrdCheck(client),
                new RightsCheck(client, namespace),
                new WebhookCheck(client, namespace),
                new CertificateCheck(client, InstantSource.system()),
                new NamespaceCheck(client));
    }

    private static List<Finding> look(Check check) {
        try {
            return check.look();
        } catch (KubernetesClientException e) {
            var why = Optional.ofNullable(e.getMessage()).orElse("no answer");
            return List.of(
                    check instanceof ServerCheck
                            ? Finding.wrong(
                                    check.subject(), "does not answer: " + why, "is --kubeconfig the right one?")
                            : Finding.warning(
                                    check.subject(), "cannot be looked at: " + why, "run doctor as an administrator"));
        }
    }

    private void print(Finding finding) {
        out.printf(
                "%-8s %s: %s%n", finding.state().name().toLowerCase(Locale.ROOT), finding.subject(), finding.found());
        if (!finding.remedy().isEmpty()) {
            out.printf("%-8s   %s%n", "", finding.remedy());
        }
    }

    private int conclusion(List<Finding> findings) {
        var wrong = count(findings, State.WRONG);
        out.printf(
                "haldane: %d ok, %d to know of, %d wrong%n",
                count(findings, State.OK), count(findings, State.WARNING), wrong);
        return wrong == 0 ? 0 : SICK;
    }

    private static long count(List<Finding> findings, State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }
}

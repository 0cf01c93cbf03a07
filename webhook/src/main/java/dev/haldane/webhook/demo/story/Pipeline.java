package dev.haldane.webhook.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.haldane.postrender.chart.ChartRendering;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import dev.haldane.postrender.rule.Report;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.webhook.demo.git.EnvironmentRepository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/// What the pipelines of Jenkins X do: promote a version by a commit in the environment repository, and deploy what
/// that repository wants. The manifests go through the post-renderer's rules on their way.
final class Pipeline {

    /// Whoever applies has a name in the fields that he applies; this is not ours.
    private static final String MANAGER = "jx-boot";

    private final EnvironmentRepository repository;
    private final SampleChart chart;
    private final RuleSet rules;
    private final KubernetesClient client;

    Pipeline(EnvironmentRepository repository, SampleChart chart, RolloutDefaults defaults, KubernetesClient client) {
        this.repository = repository;
        this.chart = chart;
        this.rules = RuleSet.of(defaults);
        this.client = client;
    }

    /// @return the commit
    EnvironmentRepository.Commit promote(String version) throws IOException {
        repository.promote(version);
        return repository.history().getFirst();
    }

    /// Server-side apply with force, as a boot job does it.
    ///
    /// @return what the rules did
    Report deploy() throws IOException {
        Path released = chart.release(repository.wanted());
        var release = new Release(Place.RELEASE, Place.NAMESPACE);
        Rendering rendering = rules.rewrite(ChartRendering.of(released, release), "helm", release);
        for (HasMetadata object : client.load(
                        new ByteArrayInputStream(rendering.text().getBytes(UTF_8)))
                .items()) {
            client.resource(object)
                    .inNamespace(Place.NAMESPACE)
                    .fieldManager(MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
        return rendering.report();
    }
}

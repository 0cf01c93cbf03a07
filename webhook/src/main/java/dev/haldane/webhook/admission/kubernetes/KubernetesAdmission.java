package dev.haldane.webhook.admission.kubernetes;

import dev.haldane.certs.Rotator;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.rules.RuleSet;
import dev.haldane.webhook.admission.AdmissionServer;
import dev.haldane.webhook.admission.InjectionReconciler;
import dev.haldane.webhook.admission.Mutation;
import dev.haldane.webhook.admission.ReviewEndpoint;
import dev.haldane.webhook.admission.Validation;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.http.Listen;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The admission door on a real API server, put together: watches, certificate, listener, registration, and the
/// reconciler of what reviews cannot add.
public final class KubernetesAdmission implements AutoCloseable {

    /// @param listen    where reviews are answered
    /// @param callers   how the API server finds us
    /// @param namespace our own: the Secret is there, and its objects are not reviewed
    /// @param defaults  `haldane.yaml`
    /// @param drain     how long a server that is told to end still answers
    public record Options(Listen listen, Callers callers, String namespace, RolloutDefaults defaults, Duration drain) {}

    private final KubernetesClient client;
    private final ClusterView view;
    private final WebhookConfigurations configurations;
    private final SecretIdentityStore identities;
    private final AdmissionServer server;
    private final InjectionReconciler reconciler;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    /// Watches what reviews are answered from; returns when everything that is there has been seen.
    ///
    /// @param cluster stays open when this is closed
    /// @throws ClusterUnavailable if a kind cannot be watched
    public KubernetesAdmission(KubernetesClient client, Cluster cluster, Options options, MeterRegistry meters) {
        this.client = client;
        var rules = RuleSet.of(options.defaults());
        view = new ClusterView(options.defaults().namespaces());
        view.watch(cluster);
        configurations = new WebhookConfigurations(client, options.callers(), options.namespace());
        identities = new SecretIdentityStore(client, options.namespace());
        reconciler = new InjectionReconciler(rules, view, new ClusterAdditions(cluster));
        view.onChange(reconciler::changed);
        var mutation = new Mutation(rules, view, view, ourName());
        server = new AdmissionServer(
                new AdmissionServer.Options(
                        options.listen(), Rotator.Plan.usual(options.callers().names()), options.drain()),
                new AdmissionServer.Parts(
                        Map.of(
                                "/mutate", new ReviewEndpoint("/mutate", mutation, meters),
                                "/validate", new ReviewEndpoint("/validate", new Validation(), meters)),
                        identities,
                        configurations,
                        meters,
                        InstantSource.system()));
    }

    /// Answers reviews from now on, and registers.
    public void start() {
        try {
            informers.add(client.namespaces().inform(new Labels()));
            server.start();
            informers.add(identities.secret().inform(new WakeUp<>()));
            informers.add(configurations.mutatingConfiguration().inform(new WakeUp<>()));
            informers.add(configurations.validatingConfiguration().inform(new WakeUp<>()));
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("cannot watch what admission needs: " + e.getMessage(), e);
        }
    }

    /// For readiness, port and trust.
    public AdmissionServer server() {
        return server;
    }

    /// To be started by the replica that leads.
    public InjectionReconciler reconciler() {
        return reconciler;
    }

    @Override
    public void close() {
        reconciler.close();
        server.close();
        informers.forEach(SharedIndexInformer::close);
    }

    /// Who the API server says that we are; `""` where it has no answer (before Kubernetes 1.28).
    private String ourName() {
        try {
            var review = new GenericKubernetesResource();
            review.setApiVersion("authentication.k8s.io/v1");
            review.setKind("SelfSubjectReview");
            var answer = client.resource(review).create();
            return answer.get("status", "userInfo", "username") instanceof String name ? name : "";
        } catch (KubernetesClientException _) {
            return "";
        }
    }

    private final class Labels implements ResourceEventHandler<Namespace> {
        @Override
        public void onAdd(Namespace added) {
            var labels = added.getMetadata().getLabels();
            var value = labels == null ? "" : labels.getOrDefault(ClusterView.LABEL, "");
            view.labelled(added.getMetadata().getName(), value);
        }

        @Override
        public void onUpdate(Namespace before, Namespace after) {
            onAdd(after);
        }

        @Override
        public void onDelete(Namespace deleted, boolean unknown) {
            view.labelled(deleted.getMetadata().getName(), "");
        }
    }

    /// Somebody has changed, or removed, what the server keeps right.
    private final class WakeUp<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T added) {
            server.wake();
        }

        @Override
        public void onUpdate(T before, T after) {
            server.wake();
        }

        @Override
        public void onDelete(T deleted, boolean unknown) {
            server.wake();
        }
    }
}

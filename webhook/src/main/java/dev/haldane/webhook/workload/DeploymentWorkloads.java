package dev.haldane.webhook.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.ClusterUnavailable;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.cluster.Cluster;
import dev.haldane.webhook.cluster.ClusterConflict;
import dev.haldane.webhook.cluster.Kind;
import dev.haldane.webhook.cluster.KubeObject;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deployments of a real API server. At rest, which is when the target has no replicas, everything is read from
/// watches; in a run the two Deployments are read afresh.
public final class DeploymentWorkloads implements Workloads {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentWorkloads.class);
    private static final int ATTEMPTS = 5;

    private final Cluster cluster;
    private final Readiness readiness;
    private final ApexServices services;
    private final PrimaryAutoscaler autoscaler;
    private final PrimaryMemory memory;
    private final Sizes sizes;

    /// Starts to watch Deployments and Services.
    public DeploymentWorkloads(Cluster cluster, InstantSource clock) {
        this.cluster = cluster.watch(Kind.DEPLOYMENT, Kind.SERVICE);
        this.readiness = new Readiness(clock);
        this.services = new ApexServices(cluster);
        this.autoscaler = new PrimaryAutoscaler(cluster);
        this.memory = new PrimaryMemory(cluster);
        this.sizes = new Sizes(cluster);
    }

    @Override
    public WorkloadView look(CanarySpec spec) {
        var target = read(spec, spec.target().name());
        var primary = read(spec, spec.target().primary());
        var primaryHealth = health(spec, primary, spec.target().primary());
        var snapshot = new SeenWorkloads(target, primary);
        if (target.isEmpty()) {
            var missing = health(spec, target, spec.target().name());
            var app = spec.apex().name();
            return new WorkloadView(Revision.NONE, Optional.empty(), missing, primaryHealth, app, "", "", snapshot);
        }
        var found = target.get();
        var label = RoleLabel.of(found);
        return new WorkloadView(
                Primary.template(found).revision(),
                primary.map(object -> Primary.revision(Primary.checked(object, label), found, label)),
                readiness.of(found, spec.progressDeadline()),
                primaryHealth,
                spec.apex().name(),
                Versions.app(found),
                Versions.chart(found),
                snapshot);
    }

    private Optional<KubeObject> read(CanarySpec spec, String name) {
        var namespace = spec.id().namespace();
        boolean atRest = cluster.look(Kind.DEPLOYMENT, namespace, spec.target().name())
                .filter(target -> target.at("spec", "replicas").asInt(1) == 0)
                .isPresent();
        return atRest ? cluster.look(Kind.DEPLOYMENT, namespace, name) : cluster.get(Kind.DEPLOYMENT, namespace, name);
    }

    private Health health(CanarySpec spec, Optional<KubeObject> deployment, String name) {
        return deployment
                .map(found -> readiness.of(found, spec.progressDeadline()))
                .orElseGet(() -> new Health.Missing("deployment " + name + "."
                        + spec.id().namespace() + " get query error: deployments.apps \"" + name + "\" not found"));
    }

    @Override
    public void ensurePrimary(CanarySpec spec, WorkloadView seen) {
        var target = snapshot(seen).target();
        if (target.isEmpty()) {
            return;
        }
        var label = RoleLabel.of(target.get());
        services.ensurePrimaryAndCanary(spec, label);
        var primary = cluster.look(
                Kind.DEPLOYMENT, spec.id().namespace(), spec.target().primary());
        if (primary.isPresent()) {
            memory.keep(spec, signed(Primary.checked(primary.get(), label), target.get(), label));
        } else {
            create(memory.recall(spec).orElseGet(() -> newPrimary(spec, target.get(), label)));
        }
        autoscaler.ensure(spec);
    }

    /// A primary that Flagger has made gets our mark while we still can see which revision it runs.
    private KubeObject signed(KubeObject primary, KubeObject target, RoleLabel label) {
        var running = Primary.revision(primary, target, label);
        if (!primary.annotation(Primary.REVISION).isEmpty()
                || !running.equals(Primary.template(target).revision())) {
            return primary;
        }
        var patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/annotations").put(Primary.REVISION, running.hash());
        return cluster.merge(Kind.DEPLOYMENT, primary.namespace(), primary.name(), patch);
    }

    private KubeObject newPrimary(CanarySpec spec, KubeObject target, RoleLabel label) {
        return Primary.of(target, label, spec.ref(), sizes.ofNewPrimary(spec, target));
    }

    private void create(KubeObject primary) {
        try {
            cluster.create(Kind.DEPLOYMENT, primary);
            LOG.info("deployment {}.{} is made", primary.name(), primary.namespace());
        } catch (ClusterConflict e) {
            LOG.debug("made by another meanwhile", e);
        }
    }

    @Override
    public void ensureApex(CanarySpec spec, WorkloadView seen) {
        var snapshot = snapshot(seen);
        if (seen.primary() instanceof Health.Ready) {
            snapshot.target()
                    .ifPresent(target -> snapshot.primary()
                            .ifPresent(primary -> services.ensureApex(spec, RoleLabel.of(target), primary)));
        }
    }

    @Override
    public void startTarget(CanarySpec spec, WorkloadView seen) {
        var snapshot = snapshot(seen);
        var now = cluster.get(
                Kind.DEPLOYMENT, spec.id().namespace(), spec.target().name());
        if (now.isPresent() && now.get().at("spec", "replicas").asInt(1) == 0) {
            scale(spec, sizes.ofStarted(spec, now.get(), snapshot.primary()));
        }
    }

    @Override
    public void stopTarget(CanarySpec spec) {
        var now = cluster.get(
                Kind.DEPLOYMENT, spec.id().namespace(), spec.target().name());
        if (now.isPresent() && now.get().at("spec", "replicas").asInt(1) != 0) {
            scale(spec, 0);
        }
    }

    private void scale(CanarySpec spec, int replicas) {
        cluster.scale(Kind.DEPLOYMENT, spec.id().namespace(), spec.target().name(), replicas);
        LOG.info("{}: target is scaled to {}", spec.id(), replicas);
    }

    @Override
    public void promote(CanarySpec spec, WorkloadView seen) {
        var target = snapshot(seen).target();
        if (target.isEmpty()) {
            throw new ClusterUnavailable("there was no deployment "
                    + spec.target().name() + "." + spec.id().namespace() + " to be promoted");
        }
        var label = RoleLabel.of(target.get());
        for (int attempt = 1; !promoted(spec, target.get(), label); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new ClusterUnavailable("deployment " + spec.target().primary() + "."
                        + spec.id().namespace() + " is written by somebody else all the time");
            }
        }
        autoscaler.promote(spec);
    }

    private boolean promoted(CanarySpec spec, KubeObject target, RoleLabel label) {
        var found = cluster.get(
                Kind.DEPLOYMENT, spec.id().namespace(), spec.target().primary());
        if (found.isEmpty()) {
            create(newPrimary(spec, target, label));
            return true;
        }
        var before = Primary.checked(found.get(), label);
        var after = Primary.promoted(before, target, label);
        var size = sizes.ofPromoted(spec, target);
        if (size.isPresent()) {
            after = Primary.withReplicas(after, size.getAsInt());
        }
        if (after.equals(before)) {
            return true;
        }
        try {
            cluster.replace(Kind.DEPLOYMENT, after);
            return true;
        } catch (ClusterConflict e) {
            LOG.debug("read again", e);
            return false;
        }
    }

    private static SeenWorkloads snapshot(WorkloadView seen) {
        if (seen.snapshot() instanceof SeenWorkloads ours) {
            return ours;
        }
        throw new IllegalArgumentException("not a view that look() gave");
    }
}

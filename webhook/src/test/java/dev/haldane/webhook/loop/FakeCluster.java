package dev.haldane.webhook.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Health;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.canary.Weight;
import dev.haldane.webhook.routing.TrafficRouter;
import dev.haldane.webhook.store.CanaryStatus;
import dev.haldane.webhook.store.CanaryStore;
import dev.haldane.webhook.store.StoreConflict;
import dev.haldane.webhook.store.StoredCanary;
import dev.haldane.webhook.store.StoredCanary.Understood;
import dev.haldane.webhook.workload.WorkloadView;
import dev.haldane.webhook.workload.Workloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One Canary, its target and its primary, as an API server would hold them. Workloads are ready at once unless a test
/// says otherwise. What must never happen to traffic is checked at every change.
final class FakeCluster implements CanaryStore, Workloads, TrafficRouter {

    CrashPoint crash = CrashPoint.never();
    CanarySpec spec;
    Revision target = new Revision("v1");
    Optional<Health> targetHealth = Optional.empty();
    Optional<Health> primaryHealth = Optional.empty();
    Optional<Revision> primary = Optional.empty();
    boolean targetRuns = true;
    boolean routesMade;
    boolean apexAtPrimary;
    Weight weight = Weight.NONE;
    Optional<String> problem = Optional.empty();
    boolean deleted;
    final List<Weight> weights = new ArrayList<>();

    private CanaryStatus status = new CanaryStatus(new Phase.Initializing(), Revision.NONE, "", Instant.EPOCH);
    private final List<Consumer<CanaryId>> listeners = new ArrayList<>();
    private int version = 1;
    int statusWrites;

    private record Copy(Revision revision) implements WorkloadView.Snapshot {}

    FakeCluster(CanarySpec spec) {
        this.spec = spec;
    }

    CanaryStatus status() {
        return status;
    }

    /// The user deploys.
    void deploy(String revision) {
        target = new Revision(revision);
        tellListeners();
    }

    void somebodyElseWrites() {
        version++;
    }

    void tellListeners() {
        listeners.forEach(listener -> listener.accept(spec.id()));
    }

    @Override
    public List<CanaryId> list() {
        return deleted ? List.of() : List.of(spec.id());
    }

    @Override
    public Optional<StoredCanary> get(CanaryId id) {
        if (deleted) {
            return Optional.empty();
        }
        return Optional.of(problem.<StoredCanary>map(why -> new StoredCanary.Unreadable(spec.ref(), why))
                .orElseGet(() -> new Understood(spec, status, String.valueOf(version))));
    }

    @Override
    public void writeStatus(Understood canary, CanaryStatus after) {
        crash.around("status", () -> {
            if (!canary.resourceVersion().equals(String.valueOf(version))) {
                throw new StoreConflict("changed meanwhile", new IllegalStateException());
            }
            status = after;
            version++;
            statusWrites++;
        });
    }

    @Override
    public void onChange(Consumer<CanaryId> listener) {
        listeners.add(listener);
    }

    @Override
    public WorkloadView look(CanarySpec asked) {
        var image = "1." + target.hash().substring(1) + ".0";
        return new WorkloadView(
                target, primary, targetHealth(), primaryHealth(), "croc-hunter", image, image, new Copy(target));
    }

    private Health targetHealth() {
        return targetRuns ? targetHealth.orElse(new Health.Ready()) : new Health.Stopped();
    }

    private Health primaryHealth() {
        return primary.isEmpty() ? new Health.Missing("there is no primary") : primaryHealth.orElse(new Health.Ready());
    }

    @Override
    public void ensurePrimary(CanarySpec asked, WorkloadView seen) {
        if (primary.isEmpty()) {
            crash.around("primary", () -> primary = Optional.of(copied(seen)));
        }
    }

    private static Revision copied(WorkloadView seen) {
        return ((Copy) seen.snapshot()).revision();
    }

    @Override
    public void ensureApex(CanarySpec asked, WorkloadView seen) {
        assertThat(seen.primary()).isInstanceOf(Health.Ready.class);
        if (!apexAtPrimary) {
            crash.around("apex", () -> apexAtPrimary = true);
        }
    }

    @Override
    public void startTarget(CanarySpec asked, WorkloadView seen) {
        crash.around("start", () -> targetRuns = true);
    }

    @Override
    public void stopTarget(CanarySpec asked) {
        crash.around("stop", () -> {
            assertThat(weight).as("a canary is stopped").isEqualTo(Weight.NONE);
            assertThat(apexAtPrimary).as("the apex is at the primary").isTrue();
            targetRuns = false;
        });
    }

    @Override
    public void promote(CanarySpec asked, WorkloadView seen) {
        crash.around("promote", () -> primary = Optional.of(copied(seen)));
    }

    @Override
    public void ensure(CanarySpec asked) {
        if (!routesMade) {
            crash.around("routes", () -> routesMade = true);
        }
    }

    @Override
    public Weight read(CanarySpec asked) {
        return weight;
    }

    @Override
    public void route(CanarySpec asked, Weight canary) {
        assertThat(routesMade).as("there are routes").isTrue();
        crash.around("route " + canary, () -> {
            if (!canary.equals(Weight.NONE)) {
                assertThat(targetRuns).as("traffic meets a canary").isTrue();
            }
            weight = canary;
            weights.add(canary);
        });
    }
}

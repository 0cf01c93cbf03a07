package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what a review cannot: the Canary and the VirtualService entry of each Deployment that qualifies, and mends
/// what was written while no server answered reviews. It looks at a namespace again whenever something in it changes.
public final class InjectionReconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InjectionReconciler.class);

    /// A chart arrives as a dozen objects: look once at all of them.
    private static final Duration QUIET = Duration.ofMillis(250);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final RuleSet rules;
    private final Neighbourhood neighbourhood;
    private final Additions additions;
    private final Duration afterFailure;
    private final Set<String> waiting = new LinkedHashSet<>();
    private @Nullable Thread thread;

    public InjectionReconciler(RuleSet rules, Neighbourhood neighbourhood, Additions additions) {
        this(rules, neighbourhood, additions, AFTER_FAILURE);
    }

    InjectionReconciler(RuleSet rules, Neighbourhood neighbourhood, Additions additions, Duration afterFailure) {
        this.rules = rules;
        this.neighbourhood = neighbourhood;
        this.additions = additions;
        this.afterFailure = afterFailure;
    }

    /// Something in this namespace has changed. Remembered also while no thread runs.
    public void changed(String namespace) {
        synchronized (waiting) {
            waiting.add(namespace);
            waiting.notifyAll();
        }
    }

    /// Works from now on in a thread of its own. May be called again after [#close]: leadership comes and goes.
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("injection-reconciler").start(this::work);
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    /// One pass over a namespace.
    ///
    /// @return how many objects were written
    int reconcile(String namespace) {
        if (!neighbourhood.selects(namespace)) {
            return 0;
        }
        var around = neighbourhood.around(namespace);
        var release = new Release("", namespace);
        var written = 0;
        for (var object : wanted(around, release)) {
            if (additions.add(object)) {
                LOG.info("{} in {} added", object.label(), namespace);
                written++;
            }
        }
        for (var route : around.of("networking.istio.io", "VirtualService")) {
            var ruled = rules.admit(route, around, release);
            if (!ruled.equals(route) && additions.change(route, ruled)) {
                LOG.info("{} in {} mended", route.label(), namespace);
                written++;
            }
        }
        return written;
    }

    /// The static entry comes first: from its existence on, the way to the Service does not depend on what follows.
    private List<Manifest> wanted(Bundle around, Release release) {
        var derived = rules.derive(around, release);
        var canaries = Stream.concat(derived.stream(), around.all().stream())
                .filter(object -> object.is("flagger.app", "Canary"))
                .toList();
        var wanted = new ArrayList<Manifest>();
        for (var object : derived) {
            var target = InjectedTarget.of(object, canaries, around);
            if (target.filter(InjectedTarget::belongsToAnOperator).isEmpty()) {
                wanted.add(target.map(known -> InjectedTarget.released(object, known))
                        .orElse(object));
            }
        }
        wanted.sort(Comparator.comparing(object -> object.kind().equals("Canary")));
        return wanted;
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (var namespace : next()) {
                    attempt(namespace);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> next() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty()) {
                waiting.wait();
            }
        }
        Thread.sleep(QUIET);
        synchronized (waiting) {
            var batch = List.copyOf(waiting);
            waiting.clear();
            return batch;
        }
    }

    private void attempt(String namespace) throws InterruptedException {
        try {
            reconcile(namespace);
        } catch (RuntimeException e) {
            LOG.warn("namespace {}, trying again: {}", namespace, e.getMessage(), e);
            Thread.sleep(afterFailure);
            changed(namespace);
        }
    }
}

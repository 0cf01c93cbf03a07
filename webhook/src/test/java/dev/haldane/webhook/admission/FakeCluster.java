package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Bundle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A namespace in memory, and what is written into it.
final class FakeCluster implements LiveCanaries, Neighbourhood, Additions {

    final Set<String> selected = new HashSet<>();
    final List<Manifest> objects = new ArrayList<>();
    final List<String> written = new ArrayList<>();
    Optional<LiveCanary> canary = Optional.empty();
    boolean primaryServes;

    @Override
    public Optional<LiveCanary> ofTarget(String namespace, String deployment) {
        return canary.filter(live -> live.spec().target().name().equals(deployment));
    }

    @Override
    public Optional<LiveCanary> ofApex(String namespace, String service) {
        return canary.filter(live -> live.spec().apex().name().equals(service));
    }

    @Override
    public boolean serves(String namespace, Map<String, String> selector) {
        return primaryServes;
    }

    @Override
    public boolean selects(String namespace) {
        return selected.contains(namespace);
    }

    @Override
    public Bundle around(String namespace) {
        return Bundle.of(objects, namespace);
    }

    @Override
    public boolean add(Manifest object) {
        if (objects.stream().anyMatch(there -> there.label().equals(object.label()))) {
            return false;
        }
        objects.add(object);
        written.add("add " + object.label());
        return true;
    }

    @Override
    public boolean change(Manifest before, Manifest after) {
        if (!objects.remove(before)) {
            return false;
        }
        objects.add(after);
        written.add("change " + after.label());
        return true;
    }
}

package dev.haldane.webhook.loop;

import dev.haldane.webhook.events.EventSink;
import dev.haldane.webhook.gitops.WriteBack;
import dev.haldane.webhook.metrics.MetricSource;
import dev.haldane.webhook.routing.TrafficRouter;
import dev.haldane.webhook.store.CanaryStore;
import dev.haldane.webhook.workload.Workloads;

/// All that the loop can see and touch.
public record Ports(
        CanaryStore store,
        Workloads workloads,
        TrafficRouter router,
        MetricSource metrics,
        WriteBack writeBack,
        EventSink events) {}

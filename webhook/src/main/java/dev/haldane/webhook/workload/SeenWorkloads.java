package dev.haldane.webhook.workload;

import dev.haldane.webhook.cluster.KubeObject;
import java.util.Optional;

/// Target and primary as they were read.
record SeenWorkloads(Optional<KubeObject> target, Optional<KubeObject> primary) implements WorkloadView.Snapshot {}

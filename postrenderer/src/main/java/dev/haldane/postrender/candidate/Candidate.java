package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Manifest;
import java.util.Optional;

/// A Deployment that can have a canary.
///
/// @param apex       the one Service that reaches it
/// @param port       the Service's port that speaks HTTP or gRPC
/// @param autoscaler the HorizontalPodAutoscaler that targets it
public record Candidate(Manifest deployment, Manifest apex, HttpPort port, Optional<Manifest> autoscaler) {}

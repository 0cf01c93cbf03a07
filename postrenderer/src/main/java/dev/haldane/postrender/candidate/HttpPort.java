package dev.haldane.postrender.candidate;

import dev.haldane.postrender.manifest.Node;

/// A port of a Service that speaks HTTP or gRPC.
///
/// @param number of the Service, 1 to 65535
/// @param name   tells Istio the protocol: `http`, `grpc`, `http-web`, …
/// @param target number or name of the container's port
/// @param alone  whether the Service has no other port
public record HttpPort(int number, String name, Node target, boolean alone) {}

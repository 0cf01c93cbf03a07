package dev.haldane.e2e.rollout;

import java.util.Map;

/// A version of croc-hunter.
///
/// @param number      of image and chart
/// @param annotations of its pods, which tell kwok how they come up
record Version(String number, Map<String, String> annotations) {

    Version {
        annotations = Map.copyOf(annotations);
    }

    static Version of(String number) {
        return new Version(number, Map.of());
    }

    /// Its pods are ready only so many seconds after they were started.
    Version readyAfter(int seconds) {
        return new Version(number, Map.of("fake.kube/ready-after", seconds + "s"));
    }
}

package dev.haldane.webhook.admission;

import dev.haldane.postrender.rule.Bundle;

/// Port: the namespaces we act in, and what is in them. Answers come from memory at once.
public interface Neighbourhood {

    /// Whether rules act on objects of this namespace: it is named in `haldane.yaml`, or carries the label
    /// `haldane.dev/inject: "true"`; with `"false"` never.
    boolean selects(String namespace);

    /// The objects of the namespace that rules look at.
    Bundle around(String namespace);
}

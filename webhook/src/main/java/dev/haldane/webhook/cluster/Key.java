package dev.haldane.webhook.cluster;

/// Which object.
record Key(Kind kind, String namespace, String name) {

    @Override
    public String toString() {
        return kind.resource() + " " + name + "." + namespace;
    }
}

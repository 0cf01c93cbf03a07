package dev.haldane.webhook.loop;

/// The process is gone at this point. An Error, so that nothing catches it on its way.
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String where) {
        super(where);
    }
}

package dev.haldane.webhook.admission;

import dev.haldane.postrender.manifest.Manifest;

/// Port: writes what the rules want to see in the cluster. Every method may be repeated.
public interface Additions {

    /// Makes an object that nobody owns, so that it stays when the one that it was derived from is applied anew. One
    /// that is there already is left as it is.
    ///
    /// @return whether it was made
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if the API server could not be asked or refuses it
    boolean add(Manifest object);

    /// Turns an object into another, if it is still what it was, and leaves no field manager behind.
    ///
    /// @return whether it was changed; if not, the watch brings the newer one soon
    /// @throws dev.haldane.webhook.canary.ClusterUnavailable if the API server could not be asked or refuses it
    boolean change(Manifest before, Manifest after);
}

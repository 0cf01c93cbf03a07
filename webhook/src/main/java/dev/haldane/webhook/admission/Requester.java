package dev.haldane.webhook.admission;

/// Who sends a request.
///
/// @param username     as the API server has authenticated it
/// @param fieldManager as the request gives it; `""` if it gives none
public record Requester(String username, String fieldManager) {

    /// The field manager of all our own writes.
    public static final String OURSELVES = "haldane";

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /// Whether this is Haldane itself. A user name counts only if it is a ServiceAccount's: outside a cluster we act
    /// as the person who started us, and that person's own `kubectl apply` is not ours.
    ///
    /// @param ourName our user name, `""` if not known
    public boolean isHaldane(String ourName) {
        return fieldManager.equals(OURSELVES) || (username.startsWith(SERVICE_ACCOUNT) && username.equals(ourName));
    }
}

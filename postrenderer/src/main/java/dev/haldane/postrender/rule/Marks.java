package dev.haldane.postrender.rule;

import dev.haldane.postrender.manifest.Manifest;

/// The annotations by which objects and Haldane understand each other.
public final class Marks {
    public static final String PREFIX = "haldane.dev/";

    /// `"false"` on a Deployment: leave it alone.
    public static final String INJECT = PREFIX + "inject";

    /// On each object that was added: [#HALDANE].
    public static final String INJECTED_BY = PREFIX + "injected-by";

    /// On each object of the chart of which a field other than its replicas was changed: which field.
    public static final String CHANGED = PREFIX + "changed";

    /// On an object of the chart that had to make room for one of the loop's: the name that it had.
    public static final String ORIGINAL_NAME = PREFIX + "original-name";

    /// On a Deployment or Canary: which previews get how much of production's requests (`jx-staging=5,jx-pr-35=1`, in
    /// percent). On a VirtualService: which of them stand in it.
    public static final String PREVIEW = PREFIX + "preview";

    public static final String HALDANE = "haldane";

    /// On a Deployment whose `spec.replicas` was taken out: the number.
    public static final String REPLICAS = PREFIX + "replicas";

    /// What the loop's own copies of workloads, Services and label values end in.
    public static final String PRIMARY = "-primary";

    private Marks() {}

    public static boolean isInjected(Manifest manifest) {
        return manifest.annotation(INJECTED_BY).filter(HALDANE::equals).isPresent();
    }

    /// Whether it is a Canary that Haldane has added.
    public static boolean isInjectedCanary(Manifest manifest) {
        return manifest.is("flagger.app", "Canary") && isInjected(manifest);
    }
}

package dev.haldane.postrender.rules;

import dev.haldane.postrender.address.AddressRewrite;
import dev.haldane.postrender.address.PublicAddresses;
import dev.haldane.postrender.config.RolloutDefaults;
import dev.haldane.postrender.manifest.Manifest;
import dev.haldane.postrender.rule.Door;
import dev.haldane.postrender.rule.Rule;
import dev.haldane.postrender.rule.Scene;
import java.util.Optional;
import java.util.Set;

/// Names registries and chart repositories as other clusters find them: Jenkins X has both inside its own. Does nothing
/// unless the configuration says what is where (`publicUrls`).
final class PublicUrls implements Rule {
    private final PublicAddresses addresses;

    PublicUrls(RolloutDefaults defaults) {
        this.addresses = new PublicAddresses(defaults.publicUrls());
    }

    @Override
    public String id() {
        return "public-urls";
    }

    @Override
    public String sentence() {
        return "names registries and chart repositories by the public addresses that `publicUrls` gives them";
    }

    @Override
    public Stage stage() {
        return Stage.ADDRESS;
    }

    /// A chart names its image in its values, which differ from cluster to cluster anyhow.
    @Override
    public boolean at(Door door) {
        return door != Door.CHART && !addresses.byHost().isEmpty();
    }

    /// Any kind may make pods.
    @Override
    public Set<String> kinds() {
        return Set.of();
    }

    @Override
    public Answer apply(Manifest manifest, Scene scene) {
        var changed = new AddressRewrite(addresses).of(manifest);
        return Answer.of(manifest, changed, "names public addresses", Optional.empty());
    }
}

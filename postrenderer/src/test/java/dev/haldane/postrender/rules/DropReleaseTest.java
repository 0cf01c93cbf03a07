package dev.haldane.postrender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.rule.Release;
import dev.haldane.postrender.rule.Rendering;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropReleaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"jenkins.io/v1", "jenkins.io/v1beta1"})
    void releases_of_jenkins_x_go(String apiVersion) {
        assertThat(release(apiVersion).text()).startsWith("# haldane: every document of this stream was dropped");
    }

    /// Groups that have a kind of this name, and groups that only look like ours.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "distro.eks.amazonaws.com/v1alpha1",
                "release.giantswarm.io/v1alpha1",
                "app.alauda.io/v1alpha1",
                "helm.crossplane.io/v1beta1",
                "shipper.booking.com/v1alpha1",
                "x.jenkins.io/v1",
                "jenkins.io.example.com/v1",
                "jenkins.iox/v1",
                "Jenkins.io/v1",
                "v1",
            })
    void releases_of_others_stay(String apiVersion) {
        var after = release(apiVersion);

        assertThat(after.text()).contains(apiVersion);
        assertThat(after.report().outcomes()).isEmpty();
    }

    private static Rendering release(String apiVersion) {
        return new RuleSet(List.of(new DropRelease(), new DropReleaseCrd()))
                .rewrite(
                        "apiVersion: " + apiVersion + "\nkind: Release\nmetadata:\n  name: a\n",
                        "test",
                        Release.UNKNOWN);
    }
}

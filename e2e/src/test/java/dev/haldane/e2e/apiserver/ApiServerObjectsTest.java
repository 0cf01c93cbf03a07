package dev.haldane.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of objects that are written: versions, generations, sub-resources, patches.
@ParameterizedClass
@EnumSource(Server.class)
class ApiServerObjectsTest extends ServerCase {

    ApiServerObjectsTest(Server server) {
        super(server);
    }

    @Test
    void what_is_created_can_be_read_and_has_an_identity() {
        ConfigMap made = client().resource(configMap("one", Map.of("a", "1"))).create();

        ConfigMap read =
                client().configMaps().inNamespace(namespace()).withName("one").get();
        assertThat(read.getData()).containsExactly(Map.entry("a", "1"));
        assertThat(read.getMetadata().getUid())
                .isEqualTo(made.getMetadata().getUid())
                .isNotEmpty();
        assertThat(read.getMetadata().getResourceVersion()).isNotEmpty();
        assertThat(read.getMetadata().getCreationTimestamp()).isNotEmpty();
    }

    @Test
    void creating_twice_is_a_conflict() {
        client().resource(configMap("one", Map.of())).create();

        assertCode(409, () -> client().resource(configMap("one", Map.of())).create());
    }

    @Test
    void a_namespace_that_does_not_exist_takes_nothing() {
        ConfigMap lost = configMap("one", Map.of());
        lost.getMetadata().setNamespace("nowhere");

        assertCode(404, () -> client().resource(lost).create());
    }

    @Test
    void writing_over_a_version_that_is_no_longer_the_newest_is_a_conflict() {
        ConfigMap old = client().resource(configMap("one", Map.of("a", "1"))).create();
        client().resource(old)
                .edit(map -> new ConfigMapBuilder(map).addToData("a", "2").build());

        assertCode(
                409,
                () -> client().resource(
                                new ConfigMapBuilder(old).addToData("a", "3").build())
                        .update());
        assertThat(client().resource(old).get().getData()).containsEntry("a", "2");
    }

    @Test
    void a_change_that_changes_nothing_keeps_the_version() {
        ConfigMap made = client().resource(configMap("one", Map.of("a", "1"))).create();

        ConfigMap again =
                client().resource(made).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"a\":\"1\"}}");

        assertThat(again.getMetadata().getResourceVersion())
                .isEqualTo(made.getMetadata().getResourceVersion());
    }

    @Test
    void the_generation_counts_changes_of_the_spec_only() {
        Deployment made = client().resource(deployment("app", "app:1")).create();
        assertThat(made.getMetadata().getGeneration()).isEqualTo(1);

        Deployment labelled = client().resource(made)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
        assertThat(labelled.getMetadata().getGeneration()).isEqualTo(1);

        Deployment scaled =
                client().resource(made).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":3}}");
        assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void the_status_is_not_written_with_the_spec_nor_the_spec_with_the_status() {
        Deployment made = client().resource(deployment("app", "app:1")).create();

        client().resource(made)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":9}}");
        client().resource(made).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"collisionCount\":8}}");

        Deployment read = client().resource(made).get();
        assertThat(read.getSpec().getReplicas()).isEqualTo(1);
        assertThat(read.getStatus().getCollisionCount()).isNull();
    }

    @Test
    void a_deployment_has_one_replica_unless_it_says_otherwise_and_is_scaled_through_its_sub_resource() {
        Deployment made = client().resource(deployment("app", "app:1")).create();
        assertThat(made.getSpec().getReplicas()).isEqualTo(1);

        client().apps().deployments().inNamespace(namespace()).withName("app").scale(4);

        var scale = client().apps()
                .deployments()
                .inNamespace(namespace())
                .withName("app")
                .scale();
        assertThat(scale.getSpec().getReplicas()).isEqualTo(4);
        assertThat(scale.getStatus().getSelector()).isEqualTo("app=app");
        assertThat(client().resource(made).get().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void a_selector_cannot_be_changed() {
        Deployment made = client().resource(deployment("app", "app:1")).create();

        assertCode(
                422,
                () -> client().resource(made)
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\":\"replace\",\"path\":\"/spec/selector/matchLabels/app\",\"value\":\"other\"},"
                                        + "{\"op\":\"replace\",\"path\":\"/spec/template/metadata/labels/app\",\"value\":\"other\"}]"));
    }

    @Test
    void a_json_patch_whose_test_fails_changes_nothing() {
        ConfigMap made = client().resource(configMap("one", Map.of("a", "1"))).create();

        assertCode(
                422,
                () -> client().resource(made)
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\":\"replace\",\"path\":\"/data/a\",\"value\":\"2\"},"
                                        + "{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"1\"}]"));
        assertThat(client().resource(made).get().getData()).containsEntry("a", "1");
    }

    @Test
    void a_strategic_merge_patch_changes_one_container_of_two() {
        Deployment made =
                client().resource(deployment("app", "app:1", "sidecar:1")).create();

        Deployment patched = client().resource(made)
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c0\",\"image\":\"app:2\"}]}}}}");

        assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("app:2", "sidecar:1");
    }

    @Test
    void server_side_apply_makes_changes_and_takes_back_what_is_no_longer_applied() {
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("tester")
                .withForce(true)
                .build();

        client().resource(configMap("one", Map.of("a", "1", "b", "1"))).patch(context);
        client().resource(configMap("one", Map.of("a", "2"))).patch(context);

        assertThat(client().configMaps()
                        .inNamespace(namespace())
                        .withName("one")
                        .get()
                        .getData())
                .containsExactly(Map.entry("a", "2"));
    }

    @Test
    void a_dry_run_stores_nothing() {
        client().resource(configMap("one", Map.of())).dryRun().create();

        assertThat(client().configMaps()
                        .inNamespace(namespace())
                        .withName("one")
                        .get())
                .isNull();
    }

    @Test
    void a_deletion_that_is_about_another_version_is_refused() {
        ConfigMap made = client().resource(configMap("one", Map.of())).create();
        client().resource(made)
                .edit(map -> new ConfigMapBuilder(map).addToData("a", "1").build());

        assertThatThrownBy(() -> client().resource(made)
                        .lockResourceVersion(made.getMetadata().getResourceVersion())
                        .delete())
                .isInstanceOf(KubernetesClientException.class);
        assertThat(client().resource(made).get()).isNotNull();
    }

    @Test
    void a_service_gets_what_a_service_has() {
        var service = client().resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("app")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "app")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(service.getSpec().getClusterIP()).isNotEmpty();
        assertThat(service.getSpec().getPorts().getFirst().getTargetPort().getIntVal())
                .isEqualTo(80);
        assertThat(service.getSpec().getPorts().getFirst().getProtocol()).isEqualTo("TCP");
    }
}

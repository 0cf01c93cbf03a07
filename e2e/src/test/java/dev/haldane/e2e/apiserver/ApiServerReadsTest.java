package dev.haldane.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be seen of objects, and of the kinds that there are: lists, watches, custom types.
@ParameterizedClass
@EnumSource(Server.class)
class ApiServerReadsTest extends ServerCase {

    ApiServerReadsTest(Server server) {
        super(server);
    }

    @Test
    void labels_and_fields_select() {
        for (String name : List.of("red", "green", "blue")) {
            client().resource(new ConfigMapBuilder(configMap(name, Map.of()))
                            .editMetadata()
                            .addToLabels("colour", name)
                            .endMetadata()
                            .build())
                    .create();
        }
        var maps = client().configMaps().inNamespace(namespace());

        assertThat(maps.withLabel("colour", "red").list().getItems())
                .extracting(ServerCase::name)
                .containsExactly("red");
        assertThat(maps.withLabelIn("colour", "red", "blue").list().getItems())
                .extracting(ServerCase::name)
                .containsExactly("blue", "red");
        assertThat(maps.withoutLabel("colour", "red").list().getItems())
                .extracting(ServerCase::name)
                .doesNotContain("red");
        assertThat(maps.withField("metadata.name", "green").list().getItems())
                .extracting(ServerCase::name)
                .containsExactly("green");
    }

    @Test
    void a_watch_tells_what_happens_after_the_list() {
        client().resource(configMap("before", Map.of())).create();
        var maps = client().configMaps().inNamespace(namespace());
        List<String> seen = new CopyOnWriteArrayList<>();
        String version = maps.list().getMetadata().getResourceVersion();

        try (var _ = maps.withResourceVersion(version).watch(recording(seen))) {
            ConfigMap made = client().resource(configMap("after", Map.of())).create();
            client().resource(made)
                    .edit(map -> new ConfigMapBuilder(map).addToData("a", "1").build());
            client().resource(made).delete();

            await().until(() ->
                    seen.stream().filter(line -> line.endsWith(" after")).count() == 3);
        }
        assertThat(seen.stream().filter(line -> !line.contains("kube-root-ca.crt")))
                .containsExactly("ADDED after", "MODIFIED after", "DELETED after");
    }

    @Test
    void an_informer_keeps_up() {
        try (var informer = client().configMaps().inNamespace(namespace()).inform()) {
            client().resource(configMap("one", Map.of("a", "1"))).create();
            await().until(() -> informer.getStore().getByKey(namespace() + "/one") != null);

            client().configMaps().inNamespace(namespace()).withName("one").delete();
            await().until(() -> informer.getStore().getByKey(namespace() + "/one") == null);
        }
    }

    @Test
    void an_object_with_a_finalizer_stays_until_that_is_taken_off() {
        ConfigMap made = client().resource(new ConfigMapBuilder(configMap("one", Map.of()))
                        .editMetadata()
                        .addToFinalizers("haldane.dev/test")
                        .endMetadata()
                        .build())
                .create();

        client().resource(made).delete();
        assertThat(client().resource(made).get().getMetadata().getDeletionTimestamp())
                .isNotEmpty();

        client().resource(made).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        assertThat(client().resource(made).get()).isNull();
    }

    @Test
    void of_two_who_take_a_lease_one_is_refused() {
        Lease lease = client().resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("leader")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("a")
                        .endSpec()
                        .build())
                .create();
        Lease mine = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("b")
                .endSpec()
                .build();
        Lease theirs = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("c")
                .endSpec()
                .build();

        client().resource(mine).update();

        assertCode(409, () -> client().resource(theirs).update());
    }

    @Test
    void a_custom_type_is_served_once_it_is_defined() {
        CustomResourceDefinition definition = client().apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(ApiServerReadsTest.class.getResourceAsStream("/apiserver/widgets.yaml"))
                .serverSideApply();
        await().until(() -> client().resource(definition).get().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True")));

        GenericKubernetesResource widget = client().genericKubernetesResources("example.org/v1", "Widget")
                .inNamespace(namespace())
                .load(ApiServerReadsTest.class.getResourceAsStream("/apiserver/widget.yaml"))
                .create();
        var widgets = client().genericKubernetesResources("example.org/v1beta1", "Widget")
                .inNamespace(namespace());

        assertThat(widget.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(widgets.withName("w").get().getApiVersion()).isEqualTo("example.org/v1beta1");
        widgets.withName("w")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Done\"}}");
        GenericKubernetesResource done = widgets.withName("w").get();
        assertThat(done.getAdditionalProperties().get("status")).isEqualTo(Map.of("phase", "Done"));
        assertThat(done.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void who_asks_who_they_are_is_told() {
        var review = new GenericKubernetesResource();
        review.setApiVersion("authentication.k8s.io/v1");
        review.setKind("SelfSubjectReview");

        GenericKubernetesResource answer = client().resource(review).create();

        assertThat(answer.<String>get("status", "userInfo", "username")).isNotEmpty();
    }

    @Test
    void a_kind_that_is_not_served_is_not_found() {
        assertThat(client().getApiResources("mutating.example.org/v1")).isNull();
    }

    private static Watcher<ConfigMap> recording(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("CLOSED " + cause.getMessage());
            }
        };
    }
}

package dev.haldane.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.haldane.webhook.canary.Analysis;
import dev.haldane.webhook.canary.Apex;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.CanarySpec;
import dev.haldane.webhook.canary.Phase;
import dev.haldane.webhook.canary.Phase.Failed;
import dev.haldane.webhook.canary.Phase.Finalising;
import dev.haldane.webhook.canary.Phase.GitDebt;
import dev.haldane.webhook.canary.Phase.Initialized;
import dev.haldane.webhook.canary.Phase.Initializing;
import dev.haldane.webhook.canary.Phase.KeptOnCanary;
import dev.haldane.webhook.canary.Phase.Progressing;
import dev.haldane.webhook.canary.Phase.Promoting;
import dev.haldane.webhook.canary.Phase.Succeeded;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.canary.Target;
import dev.haldane.webhook.canary.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StatusCodecProperties {

    private static final Analysis FIVE_STEPS = new Analysis(
            Duration.ofMinutes(1),
            5,
            List.of(new Weight(10), new Weight(20), new Weight(30), new Weight(40), new Weight(50)),
            List.of());

    private static final CanarySpec SPEC = new CanarySpec(
            new CanaryId("test", "podinfo"),
            "u-1",
            "flagger.app/v1beta1",
            new Target("apps/v1", "Deployment", "podinfo"),
            Optional.empty(),
            new Apex("podinfo", 80, "http", "80", List.of(), List.of(), true, List.of()),
            FIVE_STEPS,
            Duration.ofMinutes(1),
            false,
            false);

    @Property
    void what_is_written_is_read_again(@ForAll("statuses") CanaryStatus status) {
        var written = StatusCodec.write(SPEC, status, MissingNode.getInstance());

        assertThat(StatusCodec.read(FIVE_STEPS, written)).isEqualTo(status);
    }

    @Property
    void nothing_is_left_of_the_status_before(
            @ForAll("statuses") CanaryStatus before, @ForAll("statuses") CanaryStatus after) {
        var written = StatusCodec.write(SPEC, after, StatusCodec.write(SPEC, before, MissingNode.getInstance()));

        assertThat(StatusCodec.read(FIVE_STEPS, written)).isEqualTo(after);
    }

    @Property
    void what_others_read_is_always_there(@ForAll("statuses") CanaryStatus status) {
        var written = StatusCodec.write(SPEC, status, MissingNode.getInstance());

        assertThat(written.path("canaryWeight").isInt()).isTrue();
        assertThat(written.path("failedChecks").isInt()).isTrue();
        assertThat(written.path("iterations").isInt()).isTrue();
        assertThat(written.path("trackedConfigs").isObject()).isTrue();
        assertThat(written.path("conditions")).hasSize(1);
        assertThat(written.path("conditions").path(0).path("message").asText()).isNotEmpty();
    }

    @Property
    void fields_that_nobody_knows_stay(@ForAll("statuses") CanaryStatus status) {
        var before = JsonNodeFactory.instance.objectNode().put("sessionAffinityCookie", "a=b");

        assertThat(StatusCodec.write(SPEC, status, before)
                        .path("sessionAffinityCookie")
                        .asText())
                .isEqualTo("a=b");
    }

    @Provide
    Arbitrary<CanaryStatus> statuses() {
        var verdicts = Arbitraries.strings().ofMaxLength(20);
        return Combinators.combine(phases(), revisions(), verdicts, instants()).as(CanaryStatus::new);
    }

    private static Arbitrary<Phase> phases() {
        var revisions = revisions();
        return Arbitraries.oneOf(
                Arbitraries.just(new Initializing()),
                revisions.map(Initialized::new),
                revisions.map(Succeeded::new),
                revisions.map(KeptOnCanary::new),
                Combinators.combine(revisions, Arbitraries.strings().ofMaxLength(9), Arbitraries.of(GitDebt.values()))
                        .as(Failed::new),
                Combinators.combine(
                                revisions,
                                Arbitraries.integers().between(-1, 4),
                                Arbitraries.integers().between(0, 99),
                                instants())
                        .as(Progressing::new),
                Combinators.combine(revisions, instants()).as(Promoting::new),
                Combinators.combine(revisions, instants()).as(Finalising::new));
    }

    private static Arbitrary<Revision> revisions() {
        return Arbitraries.oneOf(
                Arbitraries.just(Revision.NONE),
                Arbitraries.longs().map(bits -> new Revision("t1-%016x".formatted(bits))));
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    }
}

package dev.haldane.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotatorTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Rotator.Plan PLAN = Rotator.Plan.usual(List.of("haldane.haldane-system.svc"));

    private final MemoryStore store = new MemoryStore();
    private final Listener here = new Listener();
    private final Listener there = new Listener();
    private final Rotator rotator = new Rotator(PLAN, store, here);
    private final Rotator other = new Rotator(PLAN, store, there);

    @Test
    void the_first_look_makes_everything_and_trust_comes_before_the_certificate() {
        var next = rotator.look(START);

        assertThat(here.said)
                .containsExactly("certificate authority MISSING", "serving certificate MISSING", "trust 1", "serve");
        assertThat(here.bundle().trusts(here.identity().certificate())).isTrue();
        assertThat(next).isBetween(START.plus(Duration.ofDays(4)), START.plus(Duration.ofDays(5)));
    }

    @Test
    void a_second_look_changes_nothing() {
        rotator.look(START);
        var entries = store.load();
        here.said.clear();

        rotator.look(START.plusSeconds(5));

        assertThat(here.said).isEmpty();
        assertThat(store.load()).isEqualTo(entries);
    }

    @Test
    void replicas_share_what_the_first_one_made() {
        rotator.look(START);
        other.look(START.plusSeconds(1));

        assertThat(there.identity()).isEqualTo(here.identity());
        assertThat(there.said).containsExactly("trust 1", "serve");
    }

    @Test
    void who_loses_the_race_takes_what_the_winner_made() {
        store.beforeSave = () -> {
            store.beforeSave = () -> {};
            other.look(START);
        };

        rotator.look(START);

        assertThat(here.identity()).isEqualTo(there.identity());
        assertThat(here.said).containsExactly("trust 1", "serve");
        assertThat(store.saves).isEqualTo(1);
    }

    @Test
    void a_store_that_never_stands_still_is_an_error() {
        store.beforeSave = () -> store.version++;

        assertThatThrownBy(() -> rotator.look(START)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_serving_certificate_is_renewed_by_the_same_authority_and_served_at_once() {
        var next = rotator.look(START);
        here.said.clear();

        rotator.look(next);

        assertThat(here.said).containsExactly("serving certificate NEARLY_EXPIRED", "serve");
    }

    @Test
    void a_new_authority_is_known_long_before_it_signs() {
        var now = START;
        for (var end = START.plus(Duration.ofDays(3 * 365)); now.isBefore(end); ) {
            now = rotator.look(now);
            assertThat(here.bundle().trusts(here.identity().certificate())).isTrue();
        }

        assertThat(here.said.stream().filter("certificate authority NEARLY_EXPIRED"::equals))
                .hasSizeBetween(3, 5);
        assertThat(here.said).contains("trust 2").doesNotContain("trust 3");
    }

    @Test
    void after_the_secret_was_deleted_a_certificate_waits_until_its_authority_is_known() {
        rotator.look(START);
        var old = here.identity();
        var oldAuthority = here.bundle().current();
        store.entries = Map.of();
        here.said.clear();

        var soon = rotator.look(START.plusSeconds(60));

        assertThat(here.said)
                .containsExactly("certificate authority MISSING", "serving certificate MISSING", "trust 2");
        assertThat(here.bundle().previous()).contains(oldAuthority);
        assertThat(here.identity()).isEqualTo(old);
        assertThat(soon).isEqualTo(START.plusSeconds(70));

        rotator.look(START.plusSeconds(65));
        assertThat(here.identity()).isEqualTo(old);

        rotator.look(soon);
        assertThat(here.identity()).isNotEqualTo(old);
        assertThat(here.bundle().trusts(here.identity().certificate())).isTrue();
    }

    @Test
    void nonsense_in_the_store_is_replaced() {
        rotator.look(START);
        var entries = new HashMap<>(store.entries);
        entries.put(Rotator.SERVING, "nonsense");
        store.entries = entries;
        here.said.clear();

        rotator.look(START.plusSeconds(60));

        assertThat(here.said).containsExactly("serving certificate UNREADABLE", "serve");
    }

    @Test
    void other_names_get_another_certificate_of_the_same_authority() {
        rotator.look(START);
        new Rotator(Rotator.Plan.usual(List.of("elsewhere")), store, there).look(START.plusSeconds(1));

        assertThat(there.said).containsExactly("serving certificate NAMES_DIFFER", "trust 1", "serve");
        assertThat(there.bundle()).isEqualTo(here.bundle());
    }

    @Test
    void an_authority_that_could_not_be_announced_is_announced_again() {
        here.deaf = true;
        assertThatThrownBy(() -> rotator.look(START)).isInstanceOf(IllegalStateException.class);
        here.deaf = false;
        here.said.clear();

        rotator.look(START.plusSeconds(1));

        assertThat(here.said).containsExactly("trust 1", "serve");
    }

    private static final class MemoryStore implements IdentityStore {
        private Map<String, String> entries = Map.of();
        private int version;
        private int saves;
        private Runnable beforeSave = () -> {};

        @Override
        public Stored load() {
            return new Stored(String.valueOf(version), entries);
        }

        @Override
        public boolean save(String expected, Map<String, String> next) {
            beforeSave.run();
            if (!expected.equals(String.valueOf(version))) {
                return false;
            }
            entries = Map.copyOf(next);
            version++;
            saves++;
            return true;
        }
    }

    private static final class Listener implements Rotator.Audience {
        private final List<String> said = new ArrayList<>();
        private final List<TrustBundle> bundles = new ArrayList<>();
        private final List<Identity> identities = new ArrayList<>();
        private boolean deaf;

        @Override
        public void trust(TrustBundle authorities) {
            if (deaf) {
                throw new IllegalStateException("nobody listens");
            }
            said.add("trust " + authorities.authorities().size());
            bundles.add(authorities);
        }

        @Override
        public void serve(Identity identity) {
            said.add("serve");
            identities.add(identity);
        }

        @Override
        public void renewed(String what, RotationReason reason) {
            said.add(what + " " + reason);
        }

        private TrustBundle bundle() {
            return bundles.getLast();
        }

        private Identity identity() {
            return identities.getLast();
        }
    }
}

package dev.haldane.certs;

import static dev.haldane.certs.RotationReason.KEY_MISMATCH;
import static dev.haldane.certs.RotationReason.MISSING;
import static dev.haldane.certs.RotationReason.NAMES_DIFFER;
import static dev.haldane.certs.RotationReason.NEARLY_EXPIRED;
import static dev.haldane.certs.RotationReason.NOT_OURS;
import static dev.haldane.certs.RotationReason.UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.certs.RotationPolicy.Keep;
import dev.haldane.certs.RotationPolicy.Need;
import dev.haldane.certs.RotationPolicy.Renew;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationPolicyTest {

    private static final Instant BORN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(9);
    private static final Validity VALIDITY = new Validity(BORN, BORN.plus(LIFE));
    private static final Validity LONG = new Validity(BORN, BORN.plus(LIFE.multipliedBy(100)));
    private static final List<String> NAMES = List.of("haldane.haldane-system.svc", "127.0.0.1");

    private final CertificateAuthority ours = CertificateAuthority.create("ours", LONG);
    private final CertificateAuthority before = CertificateAuthority.create("before", LONG);
    private final CertificateAuthority foreign = CertificateAuthority.create("foreign", LONG);
    private final PrivateKey otherKey = foreign.identity().key();
    private final Need need =
            Need.serving(NAMES, TrustBundle.of(before.certificate()).succeededBy(ours.certificate()));

    private enum Age {
        NOT_YET(Duration.ofSeconds(-1)),
        NEW(Duration.ZERO),
        JUST_BEFORE_TWO_THIRDS(Duration.ofDays(6).minusSeconds(1)),
        TWO_THIRDS(Duration.ofDays(6)),
        LAST_SECOND(LIFE),
        OVER(LIFE.plusSeconds(1));

        private final Duration age;

        Age(Duration age) {
            this.age = age;
        }

        boolean good() {
            return this == NEW || this == JUST_BEFORE_TWO_THIRDS;
        }
    }

    @Test
    void nothing_and_nonsense_are_renewed() {
        assertThat(RotationPolicy.decide(new Held.Missing(), need, BORN)).isEqualTo(new Renew(MISSING));
        assertThat(RotationPolicy.decide(new Held.Unreadable("?"), need, BORN)).isEqualTo(new Renew(UNREADABLE));
    }

    @Test
    void every_combination_of_faults_gives_the_first_reason_in_order() {
        var situations = 0;
        for (var signer : List.of(ours, before, foreign)) {
            for (var names : List.of(NAMES, List.of("elsewhere"), List.of("127.0.0.1"))) {
                var signed = signer.sign(new ServingRequest(names, VALIDITY));
                for (var key : List.of(signed.key(), otherKey)) {
                    for (var age : Age.values()) {
                        var expected = new ArrayList<RotationReason>();
                        add(expected, key.equals(otherKey), KEY_MISMATCH);
                        add(expected, !names.equals(NAMES), NAMES_DIFFER);
                        add(expected, signer.equals(foreign), NOT_OURS);
                        add(expected, !age.good(), NEARLY_EXPIRED);

                        var decision = RotationPolicy.decide(
                                new Held.Present(new Identity(key, signed.chain())), need, BORN.plus(age.age));

                        assertThat(decision)
                                .as("%s %s %s", names, age, expected)
                                .isEqualTo(
                                        expected.isEmpty()
                                                ? new Keep(BORN.plus(Duration.ofDays(6)))
                                                : new Renew(expected.getFirst()));
                        situations++;
                    }
                }
            }
        }
        assertThat(situations).isEqualTo(3 * 3 * 2 * 6);
    }

    @Test
    void names_are_compared_as_a_set_and_without_case() {
        var signed = ours.sign(new ServingRequest(List.of("127.0.0.1", "HALDANE.haldane-system.svc"), VALIDITY));

        assertThat(RotationPolicy.decide(new Held.Present(signed), need, BORN)).isInstanceOf(Keep.class);
    }

    @Test
    void an_authority_signs_itself_and_has_no_names() {
        var now = BORN.plusSeconds(1);
        var authority = new Held.Present(ours.identity());
        var serving = new Held.Present(ours.sign(new ServingRequest(NAMES, VALIDITY)));

        assertThat(RotationPolicy.decide(authority, Need.authority(), now)).isInstanceOf(Keep.class);
        assertThat(RotationPolicy.decide(serving, Need.authority(), now)).isEqualTo(new Renew(NAMES_DIFFER));
        assertThat(RotationPolicy.decide(authority, Need.authority(), BORN.plus(LIFE.multipliedBy(70))))
                .isEqualTo(new Renew(NEARLY_EXPIRED));
    }

    private static void add(List<RotationReason> reasons, boolean fault, RotationReason reason) {
        if (fault) {
            reasons.add(reason);
        }
    }
}

package dev.haldane.certs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether what we have is still what we need: the first check that objects gives the reason to renew. Pure.
public final class RotationPolicy {

    private RotationPolicy() {}

    /// What the certificate should be.
    ///
    /// @param names   exactly these; empty for an authority
    /// @param signers one of these has signed it; empty for an authority, which signs itself
    public record Need(Set<String> names, Optional<TrustBundle> signers) {
        public Need {
            names = names.stream().map(Identity::canonical).collect(Collectors.toUnmodifiableSet());
        }

        public static Need authority() {
            return new Need(Set.of(), Optional.empty());
        }

        public static Need serving(List<String> names, TrustBundle signers) {
            return new Need(Set.copyOf(names), Optional.of(signers));
        }
    }

    public sealed interface Decision {}

    /// @param until look again then at the latest
    public record Keep(Instant until) implements Decision {}

    public record Renew(RotationReason reason) implements Decision {}

    private interface Check {
        boolean objects(Identity have, Need need, Instant now);
    }

    private record Line(RotationReason reason, Check check) {}

    private static final List<Line> LINES = List.of(
            new Line(RotationReason.KEY_MISMATCH, (have, need, now) -> !have.keyMatches()),
            new Line(
                    RotationReason.NAMES_DIFFER,
                    (have, need, now) -> !have.names().equals(need.names())),
            new Line(
                    RotationReason.NOT_OURS,
                    (have, need, now) -> !signersOf(have, need).trusts(have.certificate())),
            new Line(
                    RotationReason.NEARLY_EXPIRED,
                    (have, need, now) -> !lifeOf(have).includes(now)
                            || !now.isBefore(lifeOf(have).renewAt())));

    public static Decision decide(Held held, Need need, Instant now) {
        return switch (held) {
            case Held.Missing _ -> new Renew(RotationReason.MISSING);
            case Held.Unreadable _ -> new Renew(RotationReason.UNREADABLE);
            case Held.Present(var identity) -> decide(identity, need, now);
        };
    }

    private static Decision decide(Identity have, Need need, Instant now) {
        return LINES.stream()
                .filter(line -> line.check().objects(have, need, now))
                .findFirst()
                .<Decision>map(line -> new Renew(line.reason()))
                .orElseGet(() -> new Keep(lifeOf(have).renewAt()));
    }

    private static TrustBundle signersOf(Identity have, Need need) {
        return need.signers().orElseGet(() -> TrustBundle.of(have.certificate()));
    }

    private static Validity lifeOf(Identity have) {
        return Validity.of(have.certificate());
    }
}

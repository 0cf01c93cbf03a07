package dev.haldane.webhook.gitops;

import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a Jenkins X environment repository back by compare-and-set: fetch, decide at the fresh tip, commit, push; if
/// somebody was faster, all of it again. The lost commit is thrown away and never rebased, because whoever was faster
/// may have changed the very line.
public final class GitWriteBack implements WriteBack {

    /// Pushes that may be outrun before the next tick has to try.
    static final int TRIES = 10;

    static final String JENKINS_X_V2 = "jenkins-x-v2";

    private static final Logger LOG = LoggerFactory.getLogger(GitWriteBack.class);

    private final List<EnvironmentRepository> repositories;
    private final Function<EnvironmentRepository, Optional<Login>> logins;
    private final Surroundings around;

    /// Waits before a further try.
    interface Pause {
        void before(int attempt) throws InterruptedException;
    }

    /// @param folder where clones may live for a moment
    record Surroundings(InstantSource clock, Pause pause, Path folder) {
        static Surroundings ofThisMachine() {
            return new Surroundings(
                    InstantSource.system(),
                    GitWriteBack::jitter,
                    Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        }
    }

    /// @param repositories where Canaries of a namespace are promoted from; the first that fits counts
    /// @param logins       asked anew for each write-back, so that a Secret may change; empty: nobody
    public GitWriteBack(
            List<EnvironmentRepository> repositories, Function<EnvironmentRepository, Optional<Login>> logins) {
        this(repositories, logins, Surroundings.ofThisMachine());
    }

    GitWriteBack(
            List<EnvironmentRepository> repositories,
            Function<EnvironmentRepository, Optional<Login>> logins,
            Surroundings around) {
        this.repositories = List.copyOf(repositories);
        this.logins = logins;
        this.around = around;
    }

    @Override
    public Outcome revert(Request request) {
        var repository = repositories.stream()
                .filter(r -> r.namespace().equals(request.canary().namespace()))
                .findFirst();
        if (repository.isEmpty()) {
            return new Outcome.NotConfigured();
        }
        if (request.badVersion().isBlank()) {
            return new Outcome.Refused(
                    "the chart's version is not known: the Deployment has neither label helm.sh/chart nor chart",
                    false);
        }
        return revert(request, repository.get());
    }

    private Outcome revert(Request request, EnvironmentRepository repository) {
        try {
            refuseUnsupported(repository);
            var login = logins.apply(repository);
            try (var clone = new EnvironmentClone(repository, Requirements.PATH, login, around.folder())) {
                var outcome = pushUntilFirst(request, clone);
                LOG.info("{}: {} of {}: {}", request.canary(), clone.address(), repository.branch(), outcome);
                return outcome;
            }
        } catch (NotEditable e) {
            return new Outcome.Refused(Requirements.PATH + " cannot be edited: " + e.getMessage(), false);
        } catch (GitFailure e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()), e.retry());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused("interrupted", true);
        }
    }

    private Outcome pushUntilFirst(Request request, EnvironmentClone clone)
            throws NotEditable, GitFailure, InterruptedException {
        var why = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (attempt > 1) {
                around.pause().before(attempt);
            }
            switch (attempt(request, clone)) {
                case Ended(var outcome) -> {
                    return outcome;
                }
                case Outrun(var reason) -> why = reason;
            }
        }
        return new Outcome.Refused(
                "others were faster than the push to " + clone.address() + " " + TRIES + " times: " + why, true);
    }

    private sealed interface Attempt {}

    private record Ended(Outcome outcome) implements Attempt {}

    private record Outrun(String why) implements Attempt {}

    private Attempt attempt(Request request, EnvironmentClone clone) throws NotEditable, GitFailure {
        clone.fetch();
        var plan = RevertPlan.of(request, look(request, clone));
        if (plan instanceof RevertPlan.LookFurther) {
            clone.fetchAll();
            plan = RevertPlan.of(request, look(request, clone));
        }
        return switch (plan) {
            case RevertPlan.Stop(var outcome) -> new Ended(outcome);
            case RevertPlan.Write write -> push(write, clone);
            case RevertPlan.LookFurther _ -> throw new IllegalStateException("a whole history answers");
        };
    }

    private RevertPlan.Look look(Request request, EnvironmentClone clone) throws NotEditable, GitFailure {
        Function<String, Optional<String>> version = text -> Requirements.versionIn(text, request.app());
        return new RevertPlan.Look(
                clone.address(),
                clone.read(),
                clone.history(version),
                !clone.isShallow(),
                clone.recent(RollbackMark.of(request)::isIn, version),
                around.clock().instant());
    }

    private Attempt push(RevertPlan.Write write, EnvironmentClone clone) throws GitFailure {
        var commit = clone.commit(write.text(), write.message(), around.clock().instant());
        return switch (clone.push(commit)) {
            case PushAnswer.Accepted _ -> new Ended(new Outcome.Reverted(clone.address(), commit, write.goodVersion()));
            case PushAnswer.Outrun(var why) -> new Outrun(why);
            case PushAnswer.Forbidden(var why) ->
                new Ended(new Outcome.Refused(
                        clone.address() + " does not let us push: " + why + ". Pull requests are not supported yet; "
                                + write.byHand(),
                        false));
            case PushAnswer.Broken(var why) ->
                new Ended(new Outcome.Refused("the push to " + clone.address() + " failed: " + why, true));
        };
    }

    private static void refuseUnsupported(EnvironmentRepository repository) throws GitFailure {
        if (!repository.layout().equals(JENKINS_X_V2)) {
            throw GitFailure.hopeless("layout " + repository.layout() + " of the environment repository for "
                    + repository.namespace() + " is not supported: " + JENKINS_X_V2 + " is");
        }
        if (!repository.url().matches("(https?|file)://.+")) {
            throw GitFailure.hopeless("the environment repository for " + repository.namespace()
                    + " has an address that is not supported: http:// and https:// are");
        }
    }

    /// Half a second and more, growing, so that two writers do not meet again and again.
    private static void jitter(int attempt) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 300L * attempt)));
    }
}

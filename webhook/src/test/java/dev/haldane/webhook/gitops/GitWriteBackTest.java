package dev.haldane.webhook.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import dev.haldane.webhook.canary.CanaryId;
import dev.haldane.webhook.canary.Revision;
import dev.haldane.webhook.gitops.WriteBack.Outcome;
import dev.haldane.webhook.gitops.WriteBack.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The write-back against Git itself over HTTP, with people and hooks in between.
class GitWriteBackTest {

    private static final String FILE = Requirements.PATH;
    private static final String VERDICT =
            "shop 1.1.0 rolled back: 37 of 912 requests failed (4.1 %), primary 0.4 %, limit 1 %";

    @TempDir
    Path dir;

    private final List<Integer> pauses = new ArrayList<>();
    private GitRepository repository;
    private GitHttpServer server;
    private Path clones;

    @BeforeEach
    void start() throws IOException {
        repository = GitRepository.create(dir, "env.git");
        server = GitHttpServer.start(dir, "bot", "s3cret");
        clones = Files.createDirectory(dir.resolve("clones"));
        repository.commit("env/Chart.yaml", "name: env\n", "initial");
        repository.commit(FILE, file("1.0.0"), "chore: Promote shop to version 1.0.0");
        repository.commit(FILE, file("1.1.0"), "chore: shop to 1.1.0");
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
            assertThat(clones).isEmptyDirectory();
        }
    }

    @Test
    void the_version_before_is_put_back_and_nothing_else_changes() throws IOException {
        var outcome = revert("s3cret");

        assertThat(outcome).isEqualTo(new Outcome.Reverted(server.address("env.git"), repository.tip(), "1.0.0"));
        assertThat(repository.read(FILE)).isEqualTo(file("1.0.0"));
        assertThat(repository.git("diff", "--stat", "master~1", "master")).contains("1 file changed, 1 insertion(+)");
    }

    @Test
    void the_commit_says_what_and_why_and_can_be_found_again() throws IOException {
        var promotion = repository.tip().substring(0, 12);
        revert("s3cret");

        assertThat(repository.git("log", "-1", "--format=%B", "master").strip())
                .isEqualTo(VERDICT + """


                Puts shop in env/requirements.yaml back from 1.1.0 to 1.0.0,
                the release before it, so that the next deployment does not bring shop 1.1.0 again.
                The traffic is back on the primary already.
                It came with %s: chore: shop to 1.1.0

                [skip ci]

                Canary-Rollback: jx-production/shop@uid-1#abc
                Promoted-By: Jane Doe <jane@example.com>""".formatted(promotion));
        assertThat(repository.git("log", "-1", "--format=%an %cn", "master").strip())
                .isEqualTo("Haldane Haldane");
        assertThat(repository
                        .git("log", "-1", "--format=%(trailers:key=Canary-Rollback,valueonly)", "master")
                        .strip())
                .isEqualTo("jx-production/shop@uid-1#abc");
    }

    @Test
    void asked_again_after_a_crash_it_finds_its_commit_and_makes_no_other() throws IOException {
        var first = revert("s3cret");
        var tip = repository.tip();

        assertThat(revert("s3cret")).isEqualTo(first);
        repository.pull();
        repository.commit("env/other.yaml", "a: b\n", "somebody else");
        assertThat(revert("s3cret")).isEqualTo(first);
        assertThat(repository.git("rev-parse", "master~1").strip()).isEqualTo(tip);
    }

    @Test
    void a_promotion_of_the_same_version_after_our_commit_is_left_alone() throws IOException {
        revert("s3cret");
        repository.pull();
        repository.commit(FILE, file("1.1.0"), "chore: shop to 1.1.0 again");

        assertThat(revert("s3cret"))
                .isInstanceOfSatisfying(
                        Outcome.NothingToDo.class,
                        nothing -> assertThat(nothing.why()).contains("somebody has promoted shop 1.1.0 again since"));
        assertThat(repository.read(FILE)).isEqualTo(file("1.1.0"));
    }

    @Test
    void a_new_verdict_on_the_same_version_is_a_new_rollback() throws IOException {
        revert("s3cret");
        repository.pull();
        repository.commit(FILE, file("1.1.0"), "chore: shop to 1.1.0 again");

        assertThat(writeBack("s3cret").revert(request("1.1.0", VERDICT + " again")))
                .isInstanceOf(Outcome.Reverted.class);
        assertThat(repository.read(FILE)).isEqualTo(file("1.0.0"));
    }

    @Test
    void whoever_has_moved_on_is_left_alone() throws IOException {
        repository.commit(FILE, file("1.2.0"), "chore: shop to 1.2.0");
        var tip = repository.tip();

        assertThat(revert("s3cret"))
                .isEqualTo(new Outcome.NothingToDo(
                        "env/requirements.yaml has shop 1.2.0 and not 1.1.0: " + "somebody has moved on, left alone"));
        assertThat(repository.tip()).isEqualTo(tip);
    }

    @Test
    void the_good_version_is_left_alone() throws IOException {
        repository.commit(FILE, file("1.0.0"), "back by hand");

        assertThat(revert("s3cret"))
                .isEqualTo(new Outcome.NothingToDo(
                        "env/requirements.yaml has shop 1.0.0, the release before 1.1.0: " + "nothing to put back"));
    }

    @Test
    void a_first_promotion_is_taken_out() throws IOException {
        var without = file("1.1.0").replaceFirst("(?s)- name: shop.*?(?=- alias)", "");
        var fresh = GitRepository.create(dir, "fresh.git");
        fresh.commit(FILE, without, "initial");
        fresh.commit(FILE, file("1.1.0"), "chore: Promote shop to version 1.1.0");

        assertThat(new GitWriteBack(List.of(environment("fresh.git", "master")), _ -> login("s3cret"), around())
                        .revert(request("1.1.0", VERDICT)))
                .isEqualTo(new Outcome.Reverted(server.address("fresh.git"), fresh.tip(), ""));
        assertThat(fresh.read(FILE)).isEqualTo(without);
        assertThat(fresh.git("log", "-1", "--format=%b", "master"))
                .startsWith("Takes shop out of env/requirements.yaml,\nas 1.1.0 was its first release here,");
    }

    @Test
    void somebody_who_is_faster_with_another_change_keeps_it() throws IOException {
        var once = new AtomicBoolean();
        server.beforeEach(request -> {
            if (request.startsWith("GET") && request.endsWith("git-receive-pack") && !once.getAndSet(true)) {
                commit(FILE, file("1.1.0").replace("2.3.82", "2.3.90"), "chore: exposecontroller to 2.3.90");
            }
        });

        assertThat(revert("s3cret")).isInstanceOf(Outcome.Reverted.class);
        assertThat(repository.read(FILE)).isEqualTo(file("1.0.0").replace("2.3.82", "2.3.90"));
        assertThat(pauses).containsExactly(2);
    }

    @Test
    void somebody_who_is_faster_by_a_moment_keeps_it() throws IOException {
        var once = new AtomicBoolean();
        server.beforeEach(request -> {
            if (request.startsWith("POST") && request.endsWith("git-receive-pack") && !once.getAndSet(true)) {
                commit("env/values.yaml", "a: b\n", "chore: values");
            }
        });

        assertThat(revert("s3cret")).isInstanceOf(Outcome.Reverted.class);
        assertThat(repository.read(FILE)).isEqualTo(file("1.0.0"));
        assertThat(repository.read("env/values.yaml")).isEqualTo("a: b\n");
        assertThat(pauses).containsExactly(2);
    }

    @Test
    void somebody_who_is_faster_with_the_next_release_wins() throws IOException {
        var once = new AtomicBoolean();
        server.beforeEach(request -> {
            if (request.endsWith("git-receive-pack") && !once.getAndSet(true)) {
                commit(FILE, file("1.2.0"), "chore: shop to 1.2.0");
            }
        });

        assertThat(revert("s3cret")).isInstanceOf(Outcome.NothingToDo.class);
        assertThat(repository.read(FILE)).isEqualTo(file("1.2.0"));
    }

    @Test
    void whoever_is_always_outrun_gives_up_for_this_time() {
        server.beforeEach(request -> {
            if (request.startsWith("GET") && request.endsWith("git-receive-pack")) {
                commit("env/values.yaml", "at: " + System.nanoTime() + "\n", "chore: values");
            }
        });

        assertThat(revert("s3cret")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.retry()).isTrue();
            assertThat(refused.why()).startsWith("others were faster than the push to http://127.0.0.1:");
        });
        assertThat(pauses).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void a_hook_that_refuses_the_push_is_final_and_quoted() throws IOException {
        repository.preReceive("echo 'master is protected: open a pull request' >&2; exit 1");
        var tip = repository.tip();

        assertThat(revert("s3cret")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.retry()).isFalse();
            assertThat(refused.why())
                    .contains("pre-receive hook declined", "master is protected: open a pull request")
                    .endsWith("Pull requests are not supported yet; set the version in env/requirements.yaml to 1.0.0 "
                            + "by hand");
        });
        assertThat(repository.tip()).isEqualTo(tip);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_wrong_password_may_be_mended_and_is_never_told() {
        assertThat(revert("wr0ng")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.retry()).isTrue();
            assertThat(refused.why()).contains("fetching master of http://127.0.0.1:", "not authorized");
            assertThat(refused.toString()).doesNotContain("wr0ng");
        });
    }

    @Test
    void a_repository_or_branch_that_is_not_there_is_final() {
        assertThat(new GitWriteBack(List.of(environment("nothing.git", "master")), _ -> login("s3cret"), around())
                        .revert(request("1.1.0", VERDICT)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.retry()).isFalse());
        assertThat(new GitWriteBack(List.of(environment("env.git", "main")), _ -> login("s3cret"), around())
                        .revert(request("1.1.0", VERDICT)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("fetching main of", "refs/heads/main"));
    }

    @Test
    void a_host_that_is_away_may_come_back() {
        server.close();

        assertThat(revert("s3cret"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.retry()).isTrue());
    }

    @Test
    void a_release_deep_in_the_history_is_found() throws IOException {
        for (int i = 0; i < EnvironmentClone.DEPTH + 20; i++) {
            repository.stage("env/values.yaml", "i: " + i + "\n", "chore: " + i, Duration.ofHours(40));
        }
        repository.push();

        assertThat(revert("s3cret")).isInstanceOf(Outcome.Reverted.class);
        assertThat(repository.read(FILE)).isEqualTo(file("1.0.0"));
    }

    @Test
    void after_three_rollbacks_within_a_day_a_person_has_to_look() throws IOException {
        for (int i = 2; i < 5; i++) {
            var version = "1." + i + ".0";
            repository.pull();
            repository.commit(FILE, file(version), "chore: shop to " + version);
            assertThat(writeBack("s3cret").revert(request(version, "shop " + version + " rolled back")))
                    .isInstanceOf(Outcome.Reverted.class);
        }
        repository.pull();
        repository.commit(FILE, file("1.5.0"), "chore: shop to 1.5.0");

        assertThat(writeBack("s3cret").revert(request("1.5.0", "shop 1.5.0 rolled back")))
                .isEqualTo(new Outcome.Refused(
                        "3 rollbacks of shop within 24 h: held, env/requirements.yaml still has 1.5.0 and a person "
                                + "must look",
                        false));
        assertThat(repository.read(FILE)).isEqualTo(file("1.5.0"));
    }

    @Test
    void a_namespace_without_a_repository_is_nobodys_business() {
        var elsewhere =
                new Request(new CanaryId("jx-staging", "shop"), "uid-1", new Revision("abc"), "shop", "1.1.0", VERDICT);

        assertThat(writeBack("s3cret").revert(elsewhere)).isEqualTo(new Outcome.NotConfigured());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void what_is_not_supported_says_what_is() {
        var v3 = new EnvironmentRepository("jx-production", server.address("env.git"), "master", "jenkins-x-v3", "");
        var ssh = new EnvironmentRepository("jx-production", "git@github.com:x/y.git", "master", "jenkins-x-v2", "");

        for (var unsupported : List.of(v3, ssh)) {
            assertThat(new GitWriteBack(List.of(unsupported), _ -> login("s3cret"), around())
                            .revert(request("1.1.0", VERDICT)))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.retry()).isFalse();
                        assertThat(refused.why()).contains("supported: ");
                    });
        }
        assertThat(writeBack("s3cret").revert(request("", VERDICT)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("helm.sh/chart"));
    }

    private Outcome revert(String password) {
        return writeBack(password).revert(request("1.1.0", VERDICT));
    }

    private GitWriteBack writeBack(String password) {
        return new GitWriteBack(List.of(environment("env.git", "master")), _ -> login(password), around());
    }

    private GitWriteBack.Surroundings around() {
        return new GitWriteBack.Surroundings(InstantSource.system(), pauses::add, clones);
    }

    private EnvironmentRepository environment(String name, String branch) {
        return new EnvironmentRepository("jx-production", server.address(name), branch, "jenkins-x-v2", "jx/git");
    }

    private static Optional<Login> login(String password) {
        return Optional.of(new Login("bot", password));
    }

    private static Request request(String version, String verdict) {
        return new Request(
                new CanaryId("jx-production", "shop"), "uid-1", new Revision("abc"), "shop", version, verdict);
    }

    private void commit(String path, String content, String message) {
        try {
            repository.commit(path, content, message, Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String version) {
        return """
                # the production of the shop
                dependencies:
                - name: shop
                  repository: http://jenkins-x-chartmuseum:8080
                  version: "%s" # by jx promote
                - alias: expose
                  name: exposecontroller
                  version: 2.3.82
                """.formatted(version);
    }
}

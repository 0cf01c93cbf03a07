package dev.haldane.webhook.demo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitServerTest {

    @TempDir
    private Path directory;

    private GitServer server;

    @BeforeEach
    void start() throws IOException {
        server = GitServer.start(directory.resolve("environment.git"), "environment", 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_promotion_is_one_commit_that_changes_one_version() throws IOException {
        try (var repository = EnvironmentRepository.create(server.uri(), directory.resolve("clone"), "croc-hunter")) {
            assertThat(repository.wanted()).isEmpty();

            repository.promote("1.0.0");
            repository.promote("1.1.0");

            assertThat(repository.wanted()).isEqualTo("1.1.0");
            assertThat(repository.history())
                    .extracting(EnvironmentRepository.Commit::title)
                    .containsExactly(
                            "chore: croc-hunter to 1.1.0",
                            "chore: croc-hunter to 1.0.0",
                            "chore: an environment for production");
        }
        assertThat(directory.resolve("clone/env/requirements.yaml")).content().contains("""
                - name: croc-hunter
                  repository: http://jenkins-x-chartmuseum:8080
                  version: 1.1.0
                """);
    }

    @Test
    void what_another_clone_has_pushed_is_seen() throws IOException {
        try (var mine = EnvironmentRepository.create(server.uri(), directory.resolve("mine"), "croc-hunter")) {
            mine.promote("1.0.0");
            git(directory, "clone", server.uri().toString(), "theirs");
            Path theirs = directory.resolve("theirs");
            Path file = theirs.resolve("env/requirements.yaml");
            Files.writeString(file, Files.readString(file).replace("1.0.0", "0.9.0"));
            git(theirs, "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qam", "back to 0.9.0");
            git(theirs, "push", "-q");

            assertThat(mine.wanted()).isEqualTo("0.9.0");
            assertThat(mine.history().getFirst().title()).isEqualTo("back to 0.9.0");
        }
    }

    private static void git(Path directory, String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile("git", ".log");
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.onExit().join().exitValue())
                    .as(() -> {
                        try {
                            return Files.readString(log, StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            return e.toString();
                        }
                    })
                    .isZero();
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED: no git on PATH");
        } finally {
            Files.delete(log);
        }
    }
}

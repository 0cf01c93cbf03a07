package dev.haldane.webhook.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A bare repository and a working copy of it, both by the `git` command: what is tested must not vouch for itself.
public record GitRepository(Path bare, Path work) {

    /// Without `git` the test is skipped and says so.
    public static GitRepository create(Path root, String name) throws IOException {
        assumeTrue(isThere(), "SKIPPED: no git with http-backend (apt-get install git)");
        var bare = root.resolve(name);
        var work = root.resolve(name + "-work");
        git(root, "init", "-q", "--bare", "--initial-branch=master", bare.toString());
        git(root, "init", "-q", "--initial-branch=master", work.toString());
        git(work, "remote", "add", "origin", bare.toString());
        return new GitRepository(bare, work);
    }

    private static boolean isThere() {
        try {
            return new ProcessBuilder("git", "--exec-path").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Commits one file, as somebody did so long ago, and pushes.
    public void commit(String path, String content, String message, Duration ago) throws IOException {
        stage(path, content, message, ago);
        push();
    }

    /// Commits one file without pushing it.
    public void stage(String path, String content, String message, Duration ago) throws IOException {
        write(path, content);
        git(work, "add", "-A");
        var date = Instant.now().minus(ago).toString();
        run(work, List.of("git", "commit", "-q", "--allow-empty", "-m", message), date);
    }

    public void push() throws IOException {
        git(work, "push", "-q", "origin", "master");
    }

    public void commit(String path, String content, String message) throws IOException {
        commit(path, content, message, Duration.ofDays(2));
    }

    private void write(String path, String content) throws IOException {
        var file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(UTF_8));
    }

    public void pull() throws IOException {
        git(work, "pull", "-q", "--ff-only", "origin", "master");
    }

    /// The file at the tip of the bare repository, byte for byte.
    public String read(String path) throws IOException {
        return git(bare, "show", "master:" + path);
    }

    public String tip() throws IOException {
        return git(bare, "rev-parse", "master").strip();
    }

    /// One shell script that Git runs before it takes a push.
    public void preReceive(String script) throws IOException {
        var hook = Files.writeString(bare.resolve("hooks/pre-receive"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public String git(String... arguments) throws IOException {
        return git(bare, arguments);
    }

    private static String git(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(folder, command, Instant.now().toString());
    }

    private static String run(Path folder, List<String> command, String date) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var environment = builder.environment();
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_AUTHOR_NAME", "Jane Doe");
        environment.put("GIT_AUTHOR_EMAIL", "jane@example.com");
        environment.put("GIT_AUTHOR_DATE", date);
        environment.put("GIT_COMMITTER_NAME", "jenkins-x-bot");
        environment.put("GIT_COMMITTER_EMAIL", "bot@example.com");
        environment.put("GIT_COMMITTER_DATE", date);
        var errors = Files.createTempFile("git", ".err");
        var process = builder.redirectError(errors.toFile()).start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(errors));
            }
            return out;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }
}

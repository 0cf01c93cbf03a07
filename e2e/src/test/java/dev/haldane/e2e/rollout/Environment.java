package dev.haldane.e2e.rollout;

import dev.haldane.webhook.gitops.GitHttpServer;
import dev.haldane.webhook.gitops.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An environment repository of Jenkins X behind Git's own HTTP server, and its user's Secret in the cluster.
record Environment(GitRepository repository, GitHttpServer server, String namespace) implements AutoCloseable {

    private static final String REQUIREMENTS = "env/requirements.yaml";

    /// @param namespace that it deploys to
    static Environment of(Stage stage, Path folder, String namespace) {
        var root = folder.resolve("git-" + namespace);
        try {
            Files.createDirectory(root);
            var environment = new Environment(
                    GitRepository.create(root, "environment.git"),
                    GitHttpServer.start(root, "haldane", "secret"),
                    namespace);
            environment.write("0.0.1", "Initial import");
            stage.cluster()
                    .kubectlWith("""
                            apiVersion: v1
                            kind: Secret
                            metadata: {name: git-%s}
                            type: kubernetes.io/basic-auth
                            stringData: {username: haldane, password: secret}
                            """.formatted(namespace), "apply", "-n", Stage.OWN_NAMESPACE, "-f", "-")
                    .orThrow();
            return environment;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For the server's `haldane.yaml`.
    String configuration() {
        return "- {namespace: %s, url: \"%s\", branch: master, layout: jenkins-x-v2, credentialsSecret: %s/git-%s}\n"
                .formatted(namespace, server.address("environment.git"), Stage.OWN_NAMESPACE, namespace);
    }

    /// Whether the server answers, or breaks off every request.
    void answer(boolean yes) {
        server.beforeEach(request -> {
            if (!yes) {
                throw new IllegalStateException("away: " + request);
            }
        });
    }

    /// The commit that `jx promote` makes.
    void promote(Version version) {
        try {
            write(version.number(), "chore: Promote croc-hunter to version " + version.number());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String version, String message) throws IOException {
        if (!repository.git("for-each-ref").isEmpty()) {
            repository.pull();
        }
        repository.commit(REQUIREMENTS, """
                dependencies:
                - alias: expose
                  name: exposecontroller
                  repository: http://chartmuseum.jenkins-x.io
                  version: 2.3.89
                - name: croc-hunter   # the game
                  repository: http://jenkins-x-chartmuseum:8080
                  version: %s
                """.formatted(version), message);
    }

    /// What the branch says now.
    String version() {
        var lines = read(REQUIREMENTS).lines().toList();
        return lines.getLast().replace("version:", "").strip();
    }

    String read(String path) {
        try {
            return repository.read(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastMessage() {
        try {
            return repository.git("log", "-1", "--format=%B", "master");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

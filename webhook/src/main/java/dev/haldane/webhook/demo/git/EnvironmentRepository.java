package dev.haldane.webhook.demo.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/// A clone of a Jenkins X environment repository, in which `env/requirements.yaml` says what runs. Promotes as
/// `jx promote` does: a commit that changes one version, pushed.
public final class EnvironmentRepository implements AutoCloseable {

    private static final String FILE = "env/requirements.yaml";
    private static final PersonIdent PIPELINE = new PersonIdent("jenkins-x-bot", "jenkins-x@example.com");
    private static final String EMPTY = """
            dependencies:
            - alias: expose
              name: exposecontroller
              repository: http://chartmuseum.jenkins-x.io
              version: 2.3.118
            - alias: cleanup
              name: exposecontroller
              repository: http://chartmuseum.jenkins-x.io
              version: 2.3.118
            """;

    private final Git git;
    private final Path directory;
    private final String application;
    private final Pattern version;

    private EnvironmentRepository(Git git, Path directory, String application) {
        this.git = git;
        this.directory = directory;
        this.application = application;
        version = Pattern.compile("(- name: " + Pattern.quote(application) + "\n(?:  .*\n)*?  version: )(\\S+)");
    }

    /// @param id      seven digits of its hash
    /// @param title   first line of the message
    /// @param message all of it
    public record Commit(String id, String title, String message, Instant time) {}

    /// Clones the repository, which is empty yet, and makes its first commit.
    public static EnvironmentRepository create(URI url, Path directory, String application) throws IOException {
        try {
            Git git = Git.cloneRepository()
                    .setURI(url.toString())
                    .setDirectory(directory.toFile())
                    .call();
            var repository = new EnvironmentRepository(git, directory, application);
            Files.createDirectories(directory.resolve("env"));
            repository.commit(EMPTY, "chore: an environment for production");
            return repository;
        } catch (GitAPIException e) {
            throw failed("clone of " + url, e);
        }
    }

    /// Commits and pushes that this version of the application is wanted.
    public void promote(String wanted) throws IOException {
        String text = pull();
        Matcher there = version.matcher(text);
        String next = there.find()
                ? there.replaceFirst("$1" + Matcher.quoteReplacement(wanted))
                : text + """
                        - name: %s
                          repository: http://jenkins-x-chartmuseum:8080
                          version: %s
                        """.formatted(application, wanted);
        commit(next, "chore: " + application + " to " + wanted);
    }

    /// The version that the newest commit wants, `""` if none.
    public String wanted() throws IOException {
        Matcher there = version.matcher(pull());
        return there.find() ? there.group(2) : "";
    }

    /// All commits, the newest first.
    public List<Commit> history() throws IOException {
        pull();
        try {
            List<Commit> commits = new ArrayList<>();
            for (RevCommit commit : git.log().call()) {
                commits.add(new Commit(
                        commit.abbreviate(7).name(),
                        commit.getShortMessage(),
                        commit.getFullMessage(),
                        commit.getCommitterIdent().getWhenAsInstant()));
            }
            return commits;
        } catch (GitAPIException e) {
            throw failed("log", e);
        }
    }

    private String pull() throws IOException {
        try {
            git.pull().call();
            return Files.readString(directory.resolve(FILE));
        } catch (GitAPIException e) {
            throw failed("pull", e);
        }
    }

    private void commit(String text, String message) throws IOException {
        try {
            Files.writeString(directory.resolve(FILE), text, UTF_8);
            git.add().addFilepattern(FILE).call();
            git.commit()
                    .setMessage(message)
                    .setAuthor(PIPELINE)
                    .setCommitter(PIPELINE)
                    .setSign(false)
                    .call();
            git.push().call();
        } catch (GitAPIException e) {
            throw failed("commit and push", e);
        }
    }

    private static IOException failed(String what, GitAPIException cause) {
        return new IOException("git " + what + " did not work: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        git.close();
    }
}

package dev.haldane.webhook.gitops;

import dev.haldane.postrender.config.RolloutDefaults.EnvironmentRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;

/// A bare, shallow copy of one branch in a folder of its own, for one write-back. There is no working tree, so nothing
/// but the one file can be changed. The folder is gone after [#close].
final class EnvironmentClone implements AutoCloseable {

    /// How many commits deep the first fetch looks; the rest comes only when the answer does not lie there.
    static final int DEPTH = 100;

    private static final int TIMEOUT_SECONDS = 30;
    private static final String TIP = "refs/remotes/origin/tip";
    private static final String AUTHOR = "Haldane";
    private static final String ADDRESS = "haldane@noreply.haldane.dev";

    private final EnvironmentRepository origin;
    private final String path;
    private final CredentialsProvider credentials;
    private final Path folder;
    private final Git git;

    /// @param path   the one file that is read and written, from the repository's root
    /// @param parent where to make the folder
    EnvironmentClone(EnvironmentRepository origin, String path, Optional<Login> login, Path parent) throws GitFailure {
        this.origin = origin;
        this.path = path;
        this.credentials = login.map(
                        known -> new UsernamePasswordCredentialsProvider(known.username(), known.password()))
                .orElseGet(() -> new UsernamePasswordCredentialsProvider("", ""));
        try {
            this.folder = Files.createTempDirectory(parent, "haldane-git-");
            this.git = Git.init().setBare(true).setGitDir(folder.toFile()).call();
        } catch (IOException | GitAPIException e) {
            throw GitFailure.of("making a folder for the clone", e);
        }
    }

    /// The repository's address as it may be shown: without user and password.
    String address() {
        return origin.url().replaceFirst("//[^/@]*@", "//");
    }

    void fetch() throws GitFailure {
        fetch(command -> command.setDepth(DEPTH));
    }

    /// Fetches what lies before the shallow end.
    void fetchAll() throws GitFailure {
        fetch(command -> command.setUnshallow(true));
    }

    private void fetch(Function<FetchCommand, FetchCommand> depth) throws GitFailure {
        try {
            depth.apply(git.fetch())
                    .setRemote(origin.url())
                    .setRefSpecs(new RefSpec("+" + branch() + ":" + TIP))
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setCredentialsProvider(credentials)
                    .setTimeout(TIMEOUT_SECONDS)
                    .call();
        } catch (GitAPIException e) {
            throw GitFailure.of("fetching " + origin.branch() + " of " + address(), e);
        }
    }

    boolean isShallow() {
        try {
            return !git.getRepository().getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file at the tip.
    String read() throws GitFailure, NotEditable {
        try (var walk = new RevWalk(git.getRepository())) {
            var blob = blob(walk.parseCommit(tip()));
            if (blob.isEmpty()) {
                throw new NotEditable("there is no such file on " + origin.branch());
            }
            return text(blob.get()).orElseThrow(() -> new NotEditable("the file is not UTF-8"));
        } catch (IOException e) {
            throw GitFailure.of("reading " + path + " of " + address(), e);
        }
    }

    /// The branch's own commits (first parents: a merge counts as what it merged), newest first.
    ///
    /// @param version reads the application's version out of the file's text
    VersionHistory history(Function<String, Optional<String>> version) throws GitFailure {
        Map<ObjectId, Optional<String>> known = new HashMap<>();
        List<PastVersion> past = new ArrayList<>();
        try (var walk = new RevWalk(git.getRepository())) {
            walk.setFirstParent(true);
            walk.markStart(walk.parseCommit(tip()));
            for (var commit : walk) {
                var blob = blob(commit);
                if (blob.isPresent() && !known.containsKey(blob.get())) {
                    known.put(blob.get(), text(blob.get()).flatMap(version));
                }
                past.add(pastVersion(commit, blob.flatMap(id -> known.getOrDefault(id, Optional.empty()))));
            }
        } catch (IOException e) {
            throw GitFailure.of("reading the history of " + path + " of " + address(), e);
        }
        return new VersionHistory(past);
    }

    /// The newest of the last 100 commits, on whatever line, with such a message.
    Optional<PastVersion> recent(Predicate<String> message, Function<String, Optional<String>> version)
            throws GitFailure {
        try (var walk = new RevWalk(git.getRepository())) {
            walk.markStart(walk.parseCommit(tip()));
            int seen = 0;
            for (var commit : walk) {
                if (message.test(commit.getFullMessage())) {
                    var blob = blob(commit);
                    var text = blob.isPresent() ? text(blob.get()) : Optional.<String>empty();
                    return Optional.of(pastVersion(commit, text.flatMap(version)));
                }
                if (++seen == DEPTH) {
                    break;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw GitFailure.of("reading the history of " + address(), e);
        }
    }

    /// Makes a commit on the tip that differs in the one file only. Nobody sees it before [#push].
    ///
    /// @return the commit's id
    String commit(String text, String message, Instant now) throws GitFailure {
        try (var inserter = git.getRepository().newObjectInserter();
                var walk = new RevWalk(git.getRepository())) {
            var blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            var index = DirCache.read(
                    walk.getObjectReader(), walk.parseCommit(tip()).getTree());
            var editor = index.editor();
            editor.add(new DirCacheEditor.PathEdit(path) {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setObjectId(blob);
                }
            });
            editor.finish();
            var bot = new PersonIdent(AUTHOR, ADDRESS, now, ZoneOffset.UTC);
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentId(tip());
            commit.setAuthor(bot);
            commit.setCommitter(bot);
            commit.setEncoding(StandardCharsets.UTF_8);
            commit.setMessage(message);
            var id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw GitFailure.of("making a commit for " + address(), e);
        }
    }

    /// Never forced: what is not a fast-forward is refused here already.
    PushAnswer push(String commit) throws GitFailure {
        try {
            var results = git.push()
                    .setRemote(origin.url())
                    .setRefSpecs(new RefSpec(commit + ":" + branch()))
                    .setCredentialsProvider(credentials)
                    .setTimeout(TIMEOUT_SECONDS)
                    .call();
            for (var result : results) {
                for (var update : result.getRemoteUpdates()) {
                    return answer(update, result);
                }
            }
            return new PushAnswer.Broken("the host said nothing");
        } catch (GitAPIException e) {
            throw GitFailure.of("pushing to " + origin.branch() + " of " + address(), e);
        }
    }

    private static PushAnswer answer(RemoteRefUpdate update, PushResult result) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> new PushAnswer.Accepted();
            case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> new PushAnswer.Outrun("non-fast-forward");
            default -> {
                var message = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
                var printed = result.getMessages().strip().replaceAll("\\s*\\R\\s*", " / ");
                yield PushAnswer.refused(printed.isEmpty() ? message : message + " (" + printed + ")");
            }
        };
    }

    private Optional<ObjectId> blob(RevCommit commit) throws IOException {
        try (var walk = TreeWalk.forPath(git.getRepository(), path, commit.getTree())) {
            return walk == null ? Optional.empty() : Optional.of(walk.getObjectId(0));
        }
    }

    private Optional<String> text(ObjectId blob) throws IOException {
        var bytes = git.getRepository().open(blob, Constants.OBJ_BLOB).getBytes();
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static PastVersion pastVersion(RevCommit commit, Optional<String> version) {
        var author = commit.getAuthorIdent();
        return new PastVersion(
                commit.name(),
                commit.getFullMessage(),
                commit.getCommitterIdent().getWhenAsInstant(),
                author.getName() + " <" + author.getEmailAddress() + ">",
                version);
    }

    private ObjectId tip() throws IOException {
        var tip = git.getRepository().resolve(TIP);
        if (tip == null) {
            throw new IOException("nothing was fetched");
        }
        return tip;
    }

    private String branch() {
        return Constants.R_HEADS + origin.branch();
    }

    @Override
    public void close() {
        git.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

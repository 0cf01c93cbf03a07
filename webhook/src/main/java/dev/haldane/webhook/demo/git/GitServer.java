package dev.haldane.webhook.demo.git;

import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import dev.haldane.webhook.demo.http.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// Serves one bare repository over HTTP, for clones and pushes by anybody
/// ([smart HTTP](https://git-scm.com/docs/http-protocol)).
public final class GitServer implements AutoCloseable {

    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final String name;
    private final Repository repository;
    private final LoopbackServer server;

    private GitServer(String name, Repository repository, int port) throws IOException {
        this.name = name;
        this.repository = repository;
        server = LoopbackServer.start("git", port, this::answer);
    }

    /// Makes an empty repository and serves it as `/NAME.git`.
    ///
    /// @param port 0 for any that is free
    public static GitServer start(Path directory, String name, int port) throws IOException {
        try {
            Git git = Git.init()
                    .setBare(true)
                    .setDirectory(directory.toFile())
                    .setInitialBranch("master")
                    .call();
            return new GitServer(name, git.getRepository(), port);
        } catch (GitAPIException e) {
            throw new IOException("no repository in " + directory + ": " + e.getMessage(), e);
        }
    }

    /// Where to clone from.
    public URI uri() {
        return server.uri().resolve("/" + name + ".git");
    }

    private Answer answer(Call call) {
        String path = "/" + name + ".git";
        String service = call.param("service").orElse("");
        if (call.path().equals(path + "/info/refs") && List.of(UPLOAD, RECEIVE).contains(service)) {
            return streamed("application/x-" + service + "-advertisement", out -> advertise(service, call, out));
        }
        if (call.method().equals("POST") && call.path().equals(path + "/" + UPLOAD)) {
            return streamed(
                    "application/x-" + UPLOAD + "-result",
                    out -> uploadPack(call).upload(body(call), out, OutputStream.nullOutputStream()));
        }
        if (call.method().equals("POST") && call.path().equals(path + "/" + RECEIVE)) {
            return streamed(
                    "application/x-" + RECEIVE + "-result",
                    out -> receivePack().receive(body(call), out, OutputStream.nullOutputStream()));
        }
        return Answer.text(404, "there is nothing but " + path + "\n");
    }

    private static Answer streamed(String contentType, Answer.Body body) {
        return new Answer.Streamed(200, Map.of("Content-Type", contentType, "Cache-Control", "no-cache"), body);
    }

    private void advertise(String service, Call call, OutputStream out) throws IOException {
        var lines = new PacketLineOut(out);
        if (service.equals(RECEIVE)) {
            begin(lines, service);
            receivePack().sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            return;
        }
        UploadPack pack = uploadPack(call);
        if (!isVersion2(call)) {
            begin(lines, service);
        }
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), service);
    }

    private static void begin(PacketLineOut lines, String service) throws IOException {
        lines.writeString("# service=" + service + "\n");
        lines.end();
    }

    private static boolean isVersion2(Call call) {
        return call.header("Git-Protocol")
                .filter(value -> value.contains("version=2"))
                .isPresent();
    }

    private UploadPack uploadPack(Call call) {
        var pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        call.header("Git-Protocol").ifPresent(value -> pack.setExtraParameters(List.of(value.split(":", -1))));
        return pack;
    }

    private ReceivePack receivePack() {
        var pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        return pack;
    }

    private static InputStream body(Call call) throws IOException {
        return call.header("Content-Encoding").filter("gzip"::equals).isPresent()
                ? new GZIPInputStream(call.body())
                : call.body();
    }

    @Override
    public void close() {
        server.close();
        repository.close();
    }
}

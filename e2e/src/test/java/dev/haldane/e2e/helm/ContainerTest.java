package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import dev.haldane.postrender.manifest.Json;
import dev.haldane.postrender.manifest.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The container image, built by jib on nothing, because no registry is needed for that: a build machine's own
/// libraries stand in for the base.
class ContainerTest {
    private static final String STREAM = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    @TempDir
    Path folder;

    @Test
    void is_one_layer_that_runs_as_nobody_and_works() throws IOException {
        Packaged.launcher();
        var tar = folder.resolve("image.tar");
        Program.run(
                        List.of(
                                checkout("mvnw").toString(),
                                "-B",
                                "-q",
                                "-f",
                                checkout("pom.xml").toString(),
                                "-pl",
                                "postrenderer",
                                "-Pcontainer",
                                "-Dcontainer.base=scratch",
                                "-Djib.outputPaths.tar=" + tar,
                                "jib:buildTar@container"),
                        Map.of("JAVA_HOME", System.getProperty("java.home")),
                        "")
                .orThrow();
        var image = unpack(tar, "image");
        var manifest = json(image.resolve("manifest.json")).items().getFirst();
        var config = json(image.resolve(manifest.text("Config").orElseThrow())).map("config");
        var layers = texts(manifest.items("Layers"));

        assertThat(layers).hasSize(1);
        assertThat(config.text("User")).contains("65532:65532");

        var root = unpack(image.resolve(layers.getFirst()), "layer");
        var entry = new ArrayList<String>();
        texts(config.items("Entrypoint")).forEach(word -> entry.add(word.replace("/opt/", root + "/opt/")));
        entry.add(1, "-XX:AOTMode=on");
        entry.add("post-render");
        var call = Program.run(entry, Packaged.environment(folder), STREAM);

        assertThat(call.status()).as(call.err()).isZero();
        assertThat(call.out()).isEqualTo(STREAM);
    }

    private Path unpack(Path tar, String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        Program.run(List.of("tar", "xf", tar.toString(), "-C", to.toString()), Map.of(), "")
                .orThrow();
        return to;
    }

    private static List<String> texts(List<Node> nodes) {
        return nodes.stream().map(node -> node.text().orElseThrow()).toList();
    }

    private static Node json(Path file) throws IOException {
        return Json.parse(Files.readString(file));
    }
}

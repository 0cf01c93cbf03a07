package dev.haldane.e2e.helm;

import static dev.haldane.e2e.RealParts.checkout;
import static dev.haldane.e2e.RealParts.programOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.haldane.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people download: made as `-Prelease` makes it, unpacked somewhere else, and used by the real Helm 3 and 4.
class ArchiveTest {
    private static final String TIME = "2026-01-01T00:00:00Z";
    private static final long LARGEST = 30_000_000;
    private static final String SHOP =
            checkout("e2e/src/test/resources/helm/shop").toString();
    private static final List<String> OBJECTS =
            List.of("kind: Canary", "kind: VirtualService", "app: shop-primary", "haldane.dev/replicas: \"2\"");

    @TempDir
    static Path unpacked;

    private static Path archive;
    private static Path root;

    @TempDir
    Path home;

    @BeforeAll
    static void unpack() throws IOException {
        Packaged.launcher();
        archive = pack();
        Program.run(List.of("tar", "xzf", archive.toString(), "-C", unpacked.toString()), Map.of(), "")
                .orThrow();
        try (var tops = Files.list(unpacked)) {
            root = tops.toList().getFirst();
        }
    }

    private static Path pack() {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                checkout("postrenderer/src/image/BuildArchive.java").toString(),
                checkout("postrenderer").toString(),
                TIME);
        var said = Program.run(command, Map.of(), "").orThrow(); // `…tar.gz, 28.9 MB`
        return Path.of(said.substring(0, said.indexOf(',')));
    }

    @Test
    void is_small_complete_and_named_after_itself() throws IOException {
        assertThat(Files.size(archive)).isLessThan(LARGEST);
        assertThat(root.getFileName()).hasToString("haldane");
        for (String file : List.of(
                "bin/haldane",
                "plugin.yaml",
                "LICENSE",
                "NOTICE",
                "legal/java.base/LICENSE",
                "lib/haldane.aot",
                "completion/haldane.bash",
                "completion/haldane.zsh",
                "completion/haldane.fish")) {
            assertThat(root.resolve(file)).isNotEmptyFile();
        }
        assertThat(Files.readString(root.resolve("plugin.yaml"))).doesNotContain("@");
        assertThat(Files.readString(root.resolve("NOTICE")))
                .doesNotContain("@")
                .contains("snakeyaml-engine", "OpenJDK");
    }

    @Test
    void is_the_same_when_it_is_packed_again() throws IOException {
        var first = Files.readAllBytes(archive);

        assertThat(Files.readAllBytes(pack())).isEqualTo(first);
    }

    @Test
    void its_cache_is_accepted_where_it_was_unpacked() {
        var call = Program.run(
                List.of(
                        root.resolve("bin/java").toString(),
                        "-XX:AOTMode=on",
                        "-XX:AOTCache=" + root.resolve("lib/haldane.aot"),
                        "-m",
                        "dev.haldane.postrender/dev.haldane.postrender.cli.Main",
                        "version"),
                Map.of(),
                "");

        assertThat(call.status()).as(call.err()).isZero();
        assertThat(call.out()).isEqualTo(haldane(root, "version").out());
    }

    @Test
    void says_where_the_server_is() {
        var call = haldane(root, "serve");

        assertThat(call.status()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("`haldane serve` needs the server", "./haldane");
    }

    @Test
    void helm_3_takes_its_launcher_by_path() {
        var rendered = helm3(root);

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out()).startsWith("---\n# Source: shop/templates/").contains(OBJECTS);
    }

    @Test
    void a_removed_and_a_foreign_cache_leave_what_helm_gets_as_it_is() throws IOException {
        var right = helm3(root).out();
        var copy = home.resolve("copy");
        Program.run(List.of("cp", "-r", root.toString(), copy.toString()), Map.of(), "")
                .orThrow();

        assertThat(helm3(copy).out()).isEqualTo(right);

        var otherImage = Files.readAllBytes(copy.resolve("lib/haldane.aot"));
        otherImage[otherImage.length / 2]++;
        otherImage[100]++;
        Files.write(copy.resolve("lib/haldane.aot"), otherImage);
        assertThat(helm3(copy).out()).isEqualTo(right);

        Files.writeString(copy.resolve("lib/haldane.aot"), "this is no cache");
        assertThat(helm3(copy).out()).isEqualTo(right);

        Files.delete(copy.resolve("lib/haldane.aot"));
        assertThat(helm3(copy).out()).isEqualTo(right);
    }

    @Test
    void helm_4_installs_the_unpacked_folder_as_a_plugin() {
        installs_a_plugin(root.toString());
    }

    @Test
    void helm_4_installs_the_archive_itself() {
        installs_a_plugin("--verify=false", archive.toString());
    }

    private void installs_a_plugin(String... from) {
        var helm = programOrSkip("helm4");
        var command = new ArrayList<>(List.of("plugin", "install"));
        command.addAll(List.of(from));
        var installed = helm(helm, command.toArray(String[]::new));
        assertThat(installed.status()).as(installed.err()).isZero();
        var rendered = helm(helm, "template", "shop", SHOP, "--post-renderer", "haldane");

        assertThat(rendered.status()).as(rendered.err()).isZero();
        assertThat(rendered.out()).startsWith("---\n# Source: shop/templates/").contains(OBJECTS);

        assertThat(helm(helm, "plugin", "uninstall", "haldane").status()).isZero();
    }

    private Program helm3(Path image) {
        return helm(
                programOrSkip("helm3"),
                "template",
                "shop",
                SHOP,
                "--post-renderer",
                image.resolve("bin/haldane").toString());
    }

    private Program helm(Path helm, String... words) {
        return Program.run(Packaged.words(helm, words), environment(), "");
    }

    private Program haldane(Path image, String... words) {
        return Program.run(Packaged.words(image.resolve("bin/haldane"), words), environment(), "");
    }

    private Map<String, String> environment() {
        var all = new HashMap<>(Packaged.environment(home));
        for (String part : List.of("CACHE", "CONFIG", "DATA")) {
            all.put("HELM_" + part + "_HOME", home.resolve("helm/" + part).toString());
        }
        all.put("HELM_PLUGINS", home.resolve("helm/DATA/plugins").toString());
        return all;
    }
}

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// Makes `target/image`: a Java run-time with our classes and their YAML parser as a module inside of it, and an AOT
/// cache that was trained on a sample. Run as a source file, by the JDK that the image is made from:
/// `java BuildImage.java MODULE_DIRECTORY CLASS_PATH`.
///
/// Why inside: JDK 25.0.3 does not notice that a jar on the class path is not the one its cache was trained on
/// (JDK-8377932) and runs the old classes; a cache for a module of the image is checked against the image.
final class BuildImage {

    private static final String MODULE = "dev.haldane.postrender";
    private static final String MAIN = MODULE + "/" + MODULE + ".cli.Main";

    /// A small young generation keeps 9 MB of manifests below 256 MiB; and a container with little memory may use it.
    /// The cache is mapped where it was made for if that place is free, and need not be adapted to another one: 5 ms.
    /// Logging goes to stderr, because warnings about the cache would otherwise go into the manifest stream.
    private static final String OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
            + " -Xmn32m -XX:MaxRAMPercentage=60"
            + " -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
            + " -Xlog:disable -Xlog:all=error:stderr";

    private final Path source;
    private final Path target;
    private final Path classes;
    private final Path parser;

    private BuildImage(Path module, String classPath) {
        source = module.resolve("src/image");
        target = module.resolve("target");
        classes = target.resolve("classes");
        parser = Arrays.stream(classPath.split(System.getProperty("path.separator")))
                .map(Path::of)
                .filter(p -> p.getFileName().toString().startsWith("snakeyaml-engine"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no snakeyaml-engine on " + classPath));
    }

    public static void main(String[] args) throws Exception {
        new BuildImage(Path.of(args[0]), args[1]).run();
    }

    private void run() throws Exception {
        String id = id();
        Path image = target.resolve("image");
        Path stamp = image.resolve("lib/build-id");
        if (Files.exists(stamp) && Files.readString(stamp).equals(version() + " " + id + "\n")) {
            Files.setLastModifiedTime(stamp, FileTime.from(Instant.now()));
            return;
        }
        Path fresh = target.resolve("image.new");
        delete(fresh);
        link(mergedModule(), fresh);
        Files.copy(source.resolve("haldane"), fresh.resolve("bin/haldane"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(fresh.resolve("lib/build-id"), version() + " " + id + "\n");
        train(fresh);
        complete(fresh);
        delete(image);
        Files.move(fresh, image);
    }

    /// A hash of all that the image is made of.
    private String id() throws IOException, NoSuchAlgorithmException {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        sum.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        sum.update(Files.readAllBytes(parser));
        for (Path root : List.of(classes, source)) {
            for (Path file : files(root)) {
                sum.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                sum.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(sum.digest()).substring(0, 12);
    }

    private String version() throws IOException {
        var properties = new Properties();
        try (var in = Files.newInputStream(classes.resolve("dev/haldane/postrender/cli/version.properties"))) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private Path mergedModule() throws IOException {
        Path merged = target.resolve("image-module");
        delete(merged);
        for (Path file : files(classes)) {
            Path copy = merged.resolve(classes.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        try (ZipFile jar = new ZipFile(parser.toFile())) {
            for (var entry : jar.stream().filter(e -> e.getName().startsWith("org/") && !e.isDirectory()).toList()) {
                Path copy = merged.resolve(entry.getName());
                Files.createDirectories(copy.getParent());
                Files.copy(jar.getInputStream(entry), copy);
            }
        }
        unroll(merged);
        tool("javac", "-d", merged.toString(), source.resolve("module/module-info.java").toString());
        return merged;
    }

    private static void unroll(Path merged) throws IOException {
        var hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> {
            Path file = merged.resolve(type.packageName().replace('.', '/'), type.displayName() + ".class");
            try {
                return Files.exists(file) ? Files.newInputStream(file) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (Path file : files(merged)) {
            if (file.toString().endsWith(".class")) {
                Files.write(file, Unroll.unrolled(Files.readAllBytes(file), hierarchy));
            }
        }
    }

    private static void link(Path merged, Path image) {
        tool(
                "jlink",
                "--module-path",
                merged.toString(),
                "--add-modules",
                MODULE,
                "--add-options",
                OPTIONS,
                "--compress",
                "zip-9",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                image.toString());
    }

    /// One run of what `haldane` does most; what it loads and links is in the cache afterwards. No more than that,
    /// because all classes in the cache are loaded at each start, used or not.
    private void train(Path image) throws IOException, InterruptedException {
        Path state = target.resolve("training");
        var command = List.of(
                image.resolve("bin/java").toString(),
                "-XX:AOTCacheOutput=" + image.resolve("lib/haldane.aot"),
                "-m",
                MAIN,
                "post-render",
                "--report-file",
                target.resolve("training-report").toString());
        var run = new ProcessBuilder(command)
                .redirectInput(source.resolve("sample/stream.yaml").toFile())
                .redirectErrorStream(true);
        run.environment().keySet().removeIf(name -> name.startsWith("HELM_") || name.startsWith("HALDANE_"));
        run.environment().putAll(Map.of("XDG_STATE_HOME", state.toString(), "HALDANE_TERMINALS", ""));
        var process = run.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("training of the cache failed: " + said);
        }
    }

    /// What makes a release of an image: Helm's plugin, completions, licences.
    private void complete(Path image) throws IOException, InterruptedException {
        String name = parser.getFileName().toString();
        for (String file : List.of("plugin.yaml", "NOTICE")) {
            String text = Files.readString(source.resolve("archive").resolve(file))
                    .replace("@version@", version())
                    .replace("@parser@", name.substring("snakeyaml-engine-".length(), name.length() - ".jar".length()))
                    .replace("@java@", System.getProperty("java.vendor.version"));
            Files.writeString(image.resolve(file), text);
        }
        Files.copy(source.resolve("../../../LICENSE"), image.resolve("LICENSE"));
        Files.createDirectories(image.resolve("completion"));
        for (String shell : List.of("bash", "zsh", "fish")) {
            var command = List.of(image.resolve("bin/java").toString(), "-m", MAIN, "completion", shell);
            Path script = image.resolve("completion").resolve("haldane." + shell);
            if (new ProcessBuilder(command).redirectOutput(script.toFile()).start().waitFor() != 0) {
                throw new IOException("no completion for " + shell);
            }
        }
    }

    private static void tool(String name, String... arguments) {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IllegalStateException("this Java has no " + name + ": " + Runtime.version()));
        if (tool.run(System.out, System.err, arguments) != 0) {
            throw new IllegalStateException(name + " failed: " + String.join(" ", arguments));
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

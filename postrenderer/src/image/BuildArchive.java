import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes `target/haldane-VERSION-OS-ARCHITECTURE.tar.gz` out of `target/image`. The same image gives the same bytes: names
/// are sorted, owners are nobody, and all times are one. `java BuildArchive.java MODULE_DIRECTORY TIME`.
///
/// Of two builds of the same sources, all files are the same but `lib/haldane.aot`: what a training run counts differs.
final class BuildArchive {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PREFIX = 155;

    private final long seconds;
    private final OutputStream out;

    private BuildArchive(long seconds, OutputStream out) {
        this.seconds = seconds;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0], "target");
        Path image = target.resolve("image");
        String version = Files.readString(image.resolve("lib/build-id")).split(" ")[0];
        String name = "haldane-" + version + "-" + platform();
        Path archive = target.resolve(name + ".tar.gz");
        try (var zipped = new Smallest(Files.newOutputStream(archive))) {
            new BuildArchive(Instant.parse(args[1]).getEpochSecond(), zipped).write(image);
        }
        System.out.printf("%s, %.1f MB%n", archive, Files.size(archive) / 1e6);
    }

    /// As container images say it: `linux-amd64`.
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "darwin" : os) + "-" + (architecture.equals("aarch64") ? "arm64" : architecture);
    }

    private static final class Smallest extends GZIPOutputStream {
        Smallest(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /// Below `haldane/`: where Helm 4 looks when it installs a plugin from an archive.
    private void write(Path image) throws IOException {
        try (Stream<Path> found = Files.walk(image)) {
            for (Path path : found.sorted().toList()) {
                String inside = ("haldane/" + image.relativize(path)).replace('\\', '/');
                boolean directory = Files.isDirectory(path);
                byte[] content = directory ? new byte[0] : Files.readAllBytes(path);
                out.write(header(inside + (directory && !inside.endsWith("/") ? "/" : ""), path, content.length));
                out.write(content);
                out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
            }
        }
        out.write(new byte[2 * BLOCK]);
    }

    /// As [POSIX](https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html) has it, under "ustar".
    private byte[] header(String name, Path path, int length) throws IOException {
        boolean directory = name.endsWith("/");
        int cut = name.length() > LONGEST_NAME ? name.indexOf('/', name.length() - LONGEST_NAME - 1) : -1;
        if (cut > LONGEST_PREFIX || (cut < 0 && name.length() > LONGEST_NAME)) {
            throw new IOException("a name too long for the archive: " + name);
        }
        var header = new ByteArrayOutputStream(BLOCK);
        text(header, name.substring(cut + 1), LONGEST_NAME);
        octal(header, directory || Files.isExecutable(path) ? 0755 : 0644, 8);
        octal(header, 0, 8);
        octal(header, 0, 8);
        octal(header, length, 12);
        octal(header, seconds, 12);
        text(header, "        ", 8);
        text(header, directory ? "5" : "0", 1);
        text(header, "", 100);
        text(header, "ustar\0" + "00", 8);
        text(header, "", 80);
        text(header, cut < 0 ? "" : name.substring(0, cut), LONGEST_PREFIX);
        text(header, "", 12);
        byte[] bytes = header.toByteArray();
        int sum = 0;
        for (byte each : bytes) {
            sum += each & 0xff;
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, bytes, 148, 8);
        return bytes;
    }

    private static void text(ByteArrayOutputStream header, String text, int width) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        header.write(bytes, 0, bytes.length);
        header.write(new byte[width - bytes.length], 0, width - bytes.length);
    }

    private static void octal(ByteArrayOutputStream header, long number, int width) {
        text(header, ("%0" + (width - 1) + "o").formatted(number), width);
    }
}

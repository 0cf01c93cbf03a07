package dev.haldane.postrender.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.chart.ChartEdit.AddFile;
import dev.haldane.postrender.chart.ChartEdit.DeleteFile;
import dev.haldane.postrender.chart.ChartEdit.EditFile;
import dev.haldane.postrender.config.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTransactionTest {
    @TempDir
    private Path chart = Path.of("");

    private Path values = Path.of("");
    private Path template = Path.of("");

    @BeforeEach
    void a_chart() throws IOException {
        values = Files.writeString(chart.resolve("values.yaml"), "a: 1\n");
        template = Files.writeString(
                Files.createDirectory(chart.resolve("templates")).resolve("x.yaml"), "b: 2\n");
    }

    @Test
    void all_files_are_written_and_nothing_else_is_left() throws IOException {
        Path added = chart.resolve("templates/canary.yaml");

        write(
                new EditFile(values, "a: 1\n", "a: 2\n"),
                new DeleteFile(template, "b: 2\n"),
                new AddFile(added, "c: 3\n"));

        assertThat(values).hasContent("a: 2");
        assertThat(added).hasContent("c: 3");
        assertThat(files()).containsExactlyInAnyOrder(values, added);
    }

    @Test
    void a_file_that_has_changed_meanwhile_stops_everything() throws IOException {
        assertThatThrownBy(() -> write(new EditFile(values, "a: 1\n", "a: 2\n"), new EditFile(template, "b: 1\n", "")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("x.yaml: changed since it was read");

        assertThat(values).hasContent("a: 1");
        assertThat(files()).containsExactlyInAnyOrder(values, template);
    }

    @Test
    void what_was_written_is_put_back_when_a_later_file_cannot_be() throws IOException {
        Path blocked = chart.resolve("blocked");
        Files.createDirectories(blocked.resolve("inside"));

        assertThatThrownBy(() -> write(
                        new EditFile(values, "a: 1\n", "a: 2\n"),
                        new AddFile(chart.resolve("new.yaml"), "c: 3\n"),
                        new AddFile(blocked.resolve("nowhere/x.yaml"), "d: 4\n")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.remedy()).isEqualTo("nothing was changed"));

        assertThat(values).hasContent("a: 1");
        assertThat(files()).containsExactlyInAnyOrder(values, template);
    }

    @Test
    void permissions_and_links_stay() throws IOException {
        Path real = Files.writeString(chart.resolve("real.yaml"), "a: 1\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
        Path link = Files.createSymbolicLink(chart.resolve("link.yaml"), real);

        write(new EditFile(link, "a: 1\n", "a: 2\n"));

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("a: 2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw-r--");
    }

    private void write(ChartEdit... edits) {
        FileTransaction.write(List.of(edits), chart);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(chart)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

package dev.haldane.postrender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The schema of reports, held against each report that a test has brought about.
final class ReportSchema {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);

    private ReportSchema() {}

    /// @param report may be absent
    static void check(Path report) {
        try {
            if (Files.exists(report)) {
                assertThat(problems(Files.readString(report))).isEmpty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> problems(String report) {
        return SCHEMA.validate(report, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String text() {
        try {
            return Files.readString(Path.of("src/main/resources/dev/haldane/postrender/cli/report.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

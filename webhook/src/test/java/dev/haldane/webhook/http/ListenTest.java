package dev.haldane.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.haldane.postrender.config.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8443, 0.0.0.0, 8443, 0.0.0.0:8443",
        "localhost:0, localhost, 0, localhost:0",
        ":8080, 0.0.0.0, 8080, 0.0.0.0:8080",
        "[::1]:65535, ::1, 65535, [::1]:65535"
    })
    void host_and_port_are_read(String text, String host, int port, String printed) {
        var listen = Listen.parse("--listen", text);

        assertThat(listen).isEqualTo(new Listen(host, port));
        assertThat(listen).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "8443", "localhost:", "localhost:x", "localhost:65536", "::1:80", "a:-1"})
    void anything_else_is_an_error_with_an_example(String text) {
        assertThatThrownBy(() -> Listen.parse("--listen", text)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).isEqualTo("--listen: '" + text + "' is not HOST:PORT");
            assertThat(error.remedy()).contains("0.0.0.0:8443");
            assertThat(error.exitCode()).isEqualTo(2);
        });
    }

    @Test
    void a_port_out_of_range_is_refused() {
        assertThatThrownBy(() -> new Listen("localhost", 70_000)).isInstanceOf(IllegalArgumentException.class);
    }
}

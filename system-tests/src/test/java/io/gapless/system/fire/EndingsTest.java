package io.gapless.system.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingsTest {
    @TempDir private Path directory;

    @Test
    void whoEndsOfHisOwnIsToldWithWhatHeSaidLast() throws Exception {
        SiteProcess process = new SiteProcess("datanode-1", this::failing);
        process.start();
        Eventually.holds("it is missed", Duration.ofMinutes(1), process::keep);
        process.end();
        process.awaitEnd();

        assertThat(Endings.of(List.of(process), new SiteDirectories(directory)))
                .contains("datanode-1 ended with [3]", "datanode-1.out ends", "the port is taken");
    }

    @Test
    void whoIsToldToEndIsNotMissed() throws Exception {
        SiteProcess process = new SiteProcess("datanode-1", this::failing);
        process.start();
        process.kill();

        assertThat(process.keep()).isFalse();
        assertThat(Endings.of(List.of(process), new SiteDirectories(directory)))
                .isEqualTo("No process has ended of its own.");
    }

    private Process failing() throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "echo the port is taken; exit 3")
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(
                                directory.resolve("datanode-1.out").toFile()))
                .start();
    }
}

package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.ring.access.RingSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingSecretFileTest {
    @TempDir private Path directory;

    @Test
    void isMadeOnceForItsOwnerOnly() throws IOException {
        Path file = directory.resolve("ring.secret");
        RingSecretFile.ensure(file);
        RingSecret secret = RingSecret.ofFile(file);
        RingSecretFile.ensure(file);
        assertThat(RingSecret.ofFile(file)).isEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryContaining(f -> f.endsWith("ring.secret"));
    }

    @Test
    void isAnotherOneEachTime() throws IOException {
        RingSecretFile.ensure(directory.resolve("a"));
        RingSecretFile.ensure(directory.resolve("b"));
        assertThat(directory.resolve("a"))
                .content()
                .isNotEqualTo(Files.readString(directory.resolve("b")));
    }
}

package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveProbeTest {
    @TempDir private Path directory;

    @Test
    void whatAnEarlierPreflightLeftIsDeletedAndNothingElse() throws Exception {
        URI root = directory.toUri();
        Path recordings =
                Path.of(
                        new ArchiveLayout(new org.apache.hadoop.fs.Path(root))
                                .recordings()
                                .toUri());
        file(recordings.resolve(".probe-left"), Duration.ofMinutes(10));
        Path running = file(recordings.resolve(".probe-running"), Duration.ofSeconds(10));
        Path other = file(recordings.resolve("other"), Duration.ofMinutes(10));

        Archive.openForWriting(root, Map.of()).close();

        try (var files = Files.list(recordings)) {
            assertThat(files).containsExactlyInAnyOrder(running, other);
        }
    }

    private static Path file(Path path, Duration old) throws Exception {
        Files.createDirectories(path.getParent());
        FileTime time = FileTime.from(Instant.now().minus(old));
        return Files.setLastModifiedTime(Files.createFile(path), time);
    }
}

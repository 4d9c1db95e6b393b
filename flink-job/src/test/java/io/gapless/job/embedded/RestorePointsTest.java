package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePointsTest {
    @TempDir private Path directory;

    @Test
    void comeNewestFirst() throws IOException {
        Path old = point("job-1/chk-7", "inline", 1);
        Path saved = point("savepoint-1", "relative", 3);
        Path recent = point("job-2/chk-1", "file:" + directory + "/job-2/shared/a", 2);
        assertThat(RestorePoints.in(directory)).containsExactly(saved, recent, old);
    }

    @Test
    void withoutCheckpointsFromBeforeTheDirectoryWasMoved() throws IOException {
        Path saved = point("savepoint-1", "relative", 1);
        point("job-1/chk-7", "file:/elsewhere/primary/job-1/shared/a", 2);
        assertThat(RestorePoints.in(directory)).containsExactly(saved);
    }

    private Path point(String name, String metadata, long modifiedMillis) throws IOException {
        Path point = Files.createDirectories(directory.resolve(name));
        Path file = Files.writeString(point.resolve("_metadata"), metadata);
        Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMillis));
        return point;
    }
}

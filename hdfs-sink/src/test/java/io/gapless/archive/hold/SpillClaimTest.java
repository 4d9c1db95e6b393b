package io.gapless.archive.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillClaimTest {
    @TempDir private Path directory;

    static Path onlyPlace(Path directory) {
        try (Stream<Path> places = Files.list(directory)) {
            return places.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the lock of the only place could be had. */
    static boolean isFree(Path directory) {
        try (FileChannel lock =
                FileChannel.open(
                        onlyPlace(directory).resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
            return false;
        }
    }

    @Test
    void aPlaceOfThisProcessIsNeverTakenForADeadOnes() throws Exception {
        try (SpillClaim one = SpillClaim.make(directory);
                SpillClaim other = SpillClaim.make(directory)) {
            assertThat(one.abandoned()).isEmpty();
            assertThat(other.abandoned()).isEmpty();
            Path dead = Files.createDirectories(directory.toRealPath().resolve("dead/cam"));
            assertThat(one.abandoned()).isEqualTo(List.of(dead.getParent()));
        }
    }

    @Test
    void anEmptyPlaceLeavesNothingBehind() throws Exception {
        SpillClaim claim = SpillClaim.make(directory);
        Files.createDirectories(claim.file(new MadeVideo("a", null).camera(), 0).getParent());
        claim.close();
        assertThat(directory).isEmptyDirectory();
    }
}

package io.gapless.archive.read;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The days of an archive, listed once in a while for all cameras. Safe for any number of threads.
 */
final class ArchiveDays {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final CameraFiles files;
    private List<LocalDate> days = List.of();
    private Instant listedAt = Instant.MIN;

    ArchiveDays(CameraFiles files) {
        this.files = files;
    }

    synchronized List<LocalDate> days(Instant now) throws IOException {
        boolean good = !now.isBefore(listedAt) && now.minus(GOOD_FOR).isBefore(listedAt);
        if (!good) {
            days = files.days();
            listedAt = now;
        }
        return days;
    }
}

package io.gapless.media.layout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a recording within its camera: {@code HHmmss.SSSZ-EPOCH} in the directory of its UTC day.
 * Two writers never choose the same name, because the epoch names the writer.
 *
 * @param start of the first fragment, rounded down to the millisecond
 * @param epoch {@code [a-z0-9]+}: the writer's id, an {@code x}, and the number of the recording
 *     among that writer's in base 36
 */
public record RecordingName(Instant start, String epoch) {
    private static final Pattern EPOCH = Pattern.compile("[a-z0-9]+");
    private static final Pattern WRITER_ID = Pattern.compile("[a-wyz0-9]{1,32}");
    private static final Pattern TEXT = Pattern.compile("(\\d{6}\\.\\d{3})Z-([a-z0-9]+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSS");

    public RecordingName {
        start = requireNonNull(start, "start is null").truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(epoch, "epoch is null");
        if (!EPOCH.matcher(epoch).matches()) {
            throw new IllegalArgumentException("epoch '%s' is not [a-z0-9]+".formatted(epoch));
        }
    }

    /**
     * @param writerId {@code [a-wyz0-9]{1,32}}: without {@code x}, which ends it in the epoch
     * @param ordinal of the recording among the writer's, from 0
     */
    public static RecordingName of(Instant start, String writerId, long ordinal) {
        checkWriterId(writerId);
        return new RecordingName(start, writerId + "x" + Long.toString(ordinal, 36));
    }

    /** A writer id that nobody else has: hexadecimal, so without the x that ends it in a name. */
    public static String newWriterId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    /**
     * @throws IllegalArgumentException if {@code writerId} cannot stand in a name
     */
    public static void checkWriterId(String writerId) {
        if (!WRITER_ID.matcher(writerId).matches()) {
            throw new IllegalArgumentException(
                    "writer id '%s' is not 1 to 32 of a-w, y, z, 0-9".formatted(writerId));
        }
    }

    /** The name that {@code text} (without {@code .mp4}) stands for in the directory of a day. */
    public static Optional<RecordingName> parse(LocalDate day, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalTime time = LocalTime.parse(matcher.group(1), TIME);
            return Optional.of(
                    new RecordingName(
                            day.atTime(time).toInstant(ZoneOffset.UTC), matcher.group(2)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The UTC day in whose directory the recording lies. */
    public LocalDate day() {
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    /** Whether the writer of this id made the recording. */
    public boolean isOfWriter(String writerId) {
        return epoch.startsWith(writerId + "x");
    }

    /** {@code HHmmss.SSSZ-EPOCH}. */
    @Override
    public String toString() {
        return TIME.format(start.atOffset(ZoneOffset.UTC)) + "Z-" + epoch;
    }
}

package io.gapless.job.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 2026-11-22T14:22:33.5Z}, {@code 2026-11-22}, {@code -10m} and {@code now}. */
final class PointInTime implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        return parse(text, Instant.now());
    }

    static Instant parse(String text, Instant now) {
        String value = text.strip();
        if (value.equalsIgnoreCase("now")) {
            return now;
        }
        if (value.startsWith("-")) {
            return now.minus(ShortDuration.parse(value.substring(1)));
        }
        try {
            return absolute(value.toUpperCase(Locale.ROOT));
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'%s' is not a time; give ISO-8601 UTC such as 2026-11-22T14:22:33Z, or -10m, or now"
                            .formatted(text));
        }
    }

    private static Instant absolute(String value) {
        if (!value.contains("T")) {
            return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean hasZone = value.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
        return hasZone
                ? OffsetDateTime.parse(value).toInstant()
                : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
    }
}

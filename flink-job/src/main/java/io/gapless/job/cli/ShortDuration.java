package io.gapless.job.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d} and ISO-8601. */
final class ShortDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return parse(text);
    }

    static Duration parse(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        try {
            return value.matches("(\\d{1,9}(ms|s|m|h|d))+") ? sum(value) : Duration.parse(value);
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException(
                    "'%s' is not a duration; give one such as 90s, 10m or 1h30m".formatted(text));
        }
    }

    private static Duration sum(String value) {
        Duration sum = Duration.ZERO;
        for (String part : value.split("(?<=[a-z])(?=\\d)", -1)) {
            long count = Long.parseLong(part.replaceAll("\\D", ""));
            sum = sum.plus(unit(part.replaceAll("\\d", "")).multipliedBy(count));
        }
        return sum;
    }

    private static Duration unit(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}

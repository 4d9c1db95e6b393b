package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name of a camera: 1 to 64 characters of {@code [A-Za-z0-9._-]}, not starting with a dot. It
 * is a directory name in the archive, a label of metrics and a key of Flink state, so it can
 * neither escape a directory nor hide in one.
 */
public record CameraId(String value) implements Comparable<CameraId> {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    public CameraId {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "camera id '%s' must be 1 to 64 characters of A-Z a-z 0-9 . _ - and must not start with a dot"
                            .formatted(value));
        }
    }

    @Override
    public int compareTo(CameraId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

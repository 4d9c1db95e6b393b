package io.gapless.source;

import com.google.errorprone.annotations.Immutable;
import io.gapless.media.CameraId;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cameras of one job: shard {@code number} of {@code count}. A camera's shard is the first 8
 * bytes of the SHA-256 of its id as an unsigned big-endian number, modulo {@code count}, plus 1.
 * That never changes, and it is independent of the hash that places cameras on subtasks, so every
 * shard spreads over all of its subtasks.
 *
 * @param number 1 to {@code count}
 * @param count at least 1
 */
@Immutable
public record Shard(int number, int count) implements Serializable {
    /** All cameras. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    public Shard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "shard %d/%d does not exist; shards are counted from 1/%d to %d/%d"
                            .formatted(number, count, count, count, count));
        }
    }

    /**
     * @param text such as {@code 2/8}
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a shard; write number/count, such as 1/4".formatted(text));
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean contains(CameraId camera) {
        return count == 1 || Long.remainderUnsigned(hash(camera), count) == number - 1;
    }

    private static long hash(CameraId camera) {
        try {
            byte[] id = camera.value().getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}

package io.gapless.media.fmp4;

import static java.util.Objects.requireNonNull;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.gapless.media.Digest;
import io.gapless.media.MediaBuffer;
import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import java.nio.ByteBuffer;

/**
 * Computes the {@link Digest} of a fragment, NAL unit by NAL unit. One thread at a time; {@link
 * #reset} makes it ready for the next fragment.
 */
public final class FragmentDigest {
    /**
     * Bytes pass through an array: hashing direct memory through hash4j's ByteAccess was measured
     * at 0.45 CPU seconds per GB, copied to the processor's nearest cache and hashed there at 0.16.
     */
    private static final int WINDOW_BYTES = 8192;

    private final byte[] window = new byte[WINDOW_BYTES];
    private final HashStream128 hash = Hashing.xxh3_128().hashStream();

    /** Adds one VCL NAL unit, its header included; the buffer's position is left alone. */
    public void nalUnit(ByteBuffer nalUnit) {
        length(nalUnit.remaining());
        bytes(nalUnit);
    }

    /** Adds the VCL NAL unit that stands at [position, position + length) of {@code data}. */
    public void nalUnit(MediaBuffer data, long position, int length) {
        length(length);
        data.views(position, length).forEach(this::bytes);
    }

    /** Adds bytes as they stand: pictures that have no NAL units. */
    public void bytes(MediaBuffer data, long position, long length) {
        data.views(position, length).forEach(this::bytes);
    }

    /**
     * Adds what counts of whole access units as stored; the buffer's position is left alone. Of
     * JPEG and AV1 this is every byte. Else it is the VCL NAL units, of which each stands behind
     * its length in 4 bytes; lengths that do not add up are digested as they stand, so that the
     * result differs from the right one.
     */
    public void accessUnits(VideoCodec codec, ByteBuffer stored) {
        requireNonNull(codec, "codec is null");
        if (!codec.hasNalUnits()) {
            bytes(stored);
            return;
        }
        ByteBuffer nalUnits = stored.duplicate(); // big-endian, whatever the order of the other
        int at = stored.position();
        while (stored.limit() - at > Integer.BYTES) {
            int length = nalUnits.getInt(at);
            at += Integer.BYTES;
            if (length < 1 || length > stored.limit() - at) {
                break;
            }
            if (NalUnits.isVcl(codec, stored.get(at))) {
                nalUnit(stored.slice(at, length));
            }
            at += length;
        }
        if (at != stored.limit()) {
            nalUnit(stored.slice(at, stored.limit() - at));
        }
    }

    public Digest value() {
        HashValue128 value = hash.get();
        return new Digest(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    public void reset() {
        hash.reset();
    }

    private void length(int length) {
        // putInt is little-endian, the definition of the digest big-endian
        hash.putInt(Integer.reverseBytes(length));
    }

    private void bytes(ByteBuffer bytes) {
        int at = bytes.position();
        while (at < bytes.limit()) {
            int count = Math.min(WINDOW_BYTES, bytes.limit() - at);
            bytes.get(at, window, 0, count);
            hash.putBytes(window, 0, count);
            at += count;
        }
    }
}

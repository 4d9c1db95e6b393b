package io.gapless.media.fmp4;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The 80 bytes that describe a fragment, the same in its own box and in the index of its recording:
 * docs/archive-format.md, "Fragment record". How much metadata there is tells {@code headerBytes},
 * since the tables are part of them.
 *
 * @param headerBytes from the start of the fragment to its first access unit
 * @param sizeBytes from the start of the fragment to the end of its {@code mdat}
 */
record FragmentRecord(FragmentHeader header, int headerBytes, long sizeBytes) {
    static final int BYTES = 80;

    /** A camera's name: its length in 1 byte, then 64 bytes. */
    static final int CAMERA_BYTES = 65;

    private static final int KEY_FRAME = 1;
    private static final int DAMAGED = 2;
    private static final int SEAM = 4;
    private static final int CLOSED = 8;

    void write(BoxWriter out) {
        out.uuid(header.run().value()).int64(header.sequence());
        out.int64(header.start().ticks90k()).int64(header.durationTicks90k());
        out.int64(header.digest().high()).int64(header.digest().low());
        out.int32(header.videoFrames()).int32(header.audioFrames());
        out.int8(flags());
        out.int8(header.gapBefore().map(GapCause::code).orElse(0));
        out.int8(header.origin().code()).int8(0);
        out.int32(headerBytes).int64(sizeBytes);
    }

    private int flags() {
        return (header.startsWithKeyFrame() ? KEY_FRAME : 0)
                | (header.damaged() ? DAMAGED : 0)
                | (header.seam() ? SEAM : 0)
                | (header.closed() ? CLOSED : 0);
    }

    /**
     * @param withMetadata whether the fragment may have metadata
     * @throws IllegalArgumentException if the values cannot be those of a fragment
     */
    static FragmentRecord read(ByteBuffer bytes, CameraId camera, boolean withMetadata) {
        RunId run = new RunId(new UUID(bytes.getLong(), bytes.getLong()));
        long sequence = bytes.getLong();
        MediaTime start = new MediaTime(bytes.getLong());
        long duration = bytes.getLong();
        Math.addExact(start.ticks90k(), Math.max(duration, 0)); // or it would have no end
        Digest digest = new Digest(bytes.getLong(), bytes.getLong());
        int videoFrames = bytes.getInt();
        int audioFrames = bytes.getInt();
        int flags = bytes.get();
        int gapBefore = Byte.toUnsignedInt(bytes.get());
        Origin origin = Origin.ofCode(Byte.toUnsignedInt(bytes.get()));
        bytes.get();
        FragmentHeader header =
                new FragmentHeader(
                                camera,
                                run,
                                sequence,
                                start,
                                duration,
                                videoFrames,
                                audioFrames,
                                digest,
                                (flags & KEY_FRAME) != 0,
                                (flags & DAMAGED) != 0,
                                gapBefore == 0
                                        ? Optional.empty()
                                        : Optional.of(GapCause.ofCode(gapBefore)),
                                origin,
                                (flags & SEAM) != 0)
                        .withClosed((flags & CLOSED) != 0);
        int headerBytes = bytes.getInt();
        int metadata = withMetadata ? FragmentEncoder.metadataFrames(header, headerBytes) : 0;
        return new FragmentRecord(
                header.withMetadataFrames(metadata), headerBytes, bytes.getLong());
    }

    static void writeCamera(BoxWriter out, CameraId camera) {
        byte[] name = camera.value().getBytes(StandardCharsets.US_ASCII);
        out.int8(name.length).bytes(name).zeros(CAMERA_BYTES - 1 - name.length);
    }

    /**
     * @throws IllegalArgumentException if there is no camera's name
     */
    static CameraId readCamera(ByteBuffer bytes) {
        byte[] field = new byte[CAMERA_BYTES];
        bytes.get(field);
        if (field[0] < 0 || field[0] >= CAMERA_BYTES) {
            throw new IllegalArgumentException("a camera's name of %d bytes".formatted(field[0]));
        }
        return new CameraId(new String(field, 1, field[0], StandardCharsets.US_ASCII));
    }
}

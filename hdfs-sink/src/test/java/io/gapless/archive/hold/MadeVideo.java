package io.gapless.archive.hold;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.codec.H264ParameterSets;
import io.gapless.media.fmp4.FragmentDigest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One camera's fragments of random bytes: one picture each, and every tenth has sound; past the
 * hundredth, another tenth has metadata.
 */
final class MadeVideo {
    private static final int SOUND_BYTES = 160;
    private static final int METADATA_BYTES = 70;
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T14:22:33.5Z"));
    private static final long TICKS = 90_000;
    private static final StreamConfiguration CONFIGURATION =
            new StreamConfiguration(
                    H264ParameterSets.configuration(
                            List.of(hex("67640028acd940780227e5c044000003000400000300c83c60c658")),
                            List.of(hex("68ebe3cb22c0"))),
                    Optional.of(new AudioConfiguration(AudioCodec.PCMA, 8000, 1, new byte[0])),
                    true);

    private final CameraId camera;
    private final MediaMemory memory;
    private final RunId run = RunId.random();
    private long sequence;

    MadeVideo(String camera, MediaMemory memory) {
        this.camera = new CameraId(camera);
        this.memory = memory;
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    }

    CameraId camera() {
        return camera;
    }

    /** The next fragment, of so many bytes of video and a little sound. */
    Fragment next(int videoBytes) {
        return of(sequence++, videoBytes);
    }

    /** The same for the same number and size. */
    Fragment of(long number, int videoBytes) {
        byte[] picture = bytes(number, videoBytes);
        MediaTime start = START.plusTicks(number * TICKS);
        FragmentDigest digest = new FragmentDigest();
        digest.nalUnit(ByteBuffer.wrap(picture));
        FragmentHeader header =
                new FragmentHeader(
                                camera,
                                run,
                                number,
                                start,
                                TICKS,
                                1,
                                hasSound(number) ? 1 : 0,
                                digest.value(),
                                true,
                                false,
                                Optional.empty(),
                                Origin.PRIMARY)
                        .withMetadataFrames(hasMetadata(number) ? 1 : 0);
        return new Fragment(
                header,
                CONFIGURATION,
                samples(videoBytes, (int) TICKS),
                buffer(picture),
                hasSound(number) ? Optional.of(side(number, SOUND_BYTES, start)) : Optional.empty(),
                hasMetadata(number)
                        ? Optional.of(side(number, METADATA_BYTES, start.plusTicks(7)))
                        : Optional.empty());
    }

    private static boolean hasSound(long number) {
        return number % 10 == 0;
    }

    private static boolean hasMetadata(long number) {
        return number > 100 && number % 10 == 5;
    }

    static int sizeBytes(long number, int videoBytes) {
        return videoBytes
                + (hasSound(number) ? SOUND_BYTES : 0)
                + (hasMetadata(number) ? METADATA_BYTES : 0);
    }

    private Fragment.SideTrack side(long number, int sizeBytes, MediaTime start) {
        return new Fragment.SideTrack(
                start, samples(sizeBytes, sizeBytes), buffer(bytes(-number - 1, sizeBytes)));
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static SampleTable samples(int sizeBytes, int duration) {
        return new SampleTable(
                new int[] {sizeBytes}, new int[] {duration}, new int[1], new boolean[] {true});
    }

    private MediaBuffer buffer(byte[] bytes) {
        MediaBuffer buffer = memory.newBuffer();
        if (!buffer.append(ByteBuffer.wrap(bytes))) {
            throw new IllegalStateException("the test's memory is used up");
        }
        return buffer;
    }
}

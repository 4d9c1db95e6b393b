package io.gapless.media.fmp4;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Values without meaningful video, for tests of boxes. */
final class Samples {
    static final CameraId YARD = new CameraId("yard");
    static final RunId RUN = new RunId(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    static final MediaTime START = new MediaTime(158_746_824_012_345L);
    static final long SECOND = MediaTime.TICKS_PER_SECOND;
    static final Interruption INTERRUPTION =
            new Interruption(
                    YARD,
                    START.plusTicks(3 * SECOND),
                    GapCause.CAMERA_DISCONNECTED,
                    "The camera closed the connection – très tôt.");

    private static final byte[] AVCC =
            HexFormat.of()
                    .parseHex(
                            "0164000dffe1001a6764000dacd9414179e7840000030004000003"
                                    + "00c83c50a658010006 68ebe3cb22c0fdf8f800".replace(" ", ""));
    private static final MediaMemory MEMORY = new MediaMemory(256 << 20);

    private Samples() {}

    static StreamConfiguration configuration() {
        return new StreamConfiguration(
                new VideoConfiguration(VideoCodec.H264, 320, 180, AVCC),
                Optional.of(new AudioConfiguration(AudioCodec.PCMA, 8000, 1, new byte[0])));
    }

    /** A second of 25 pictures of {@code pictureBytes} each and 50 frames of G.711. */
    static Fragment second(int sequence, int pictureBytes) {
        MediaTime start = START.plusTicks(sequence * SECOND);
        MediaBuffer video = filled(25 * pictureBytes);
        SampleTable audio = table(50, 160, 160);
        Arrays.fill(audio.keyFrames(), true);
        return new Fragment(
                header(sequence, start),
                configuration(),
                table(25, pictureBytes, 3600),
                video,
                Optional.of(new Fragment.SideTrack(start.plusTicks(77), audio, filled(50 * 160))));
    }

    /** Likewise with five documents, one every 18000 ticks. */
    static Fragment secondWithMetadata(int sequence, int pictureBytes) {
        Fragment plain = second(sequence, pictureBytes);
        SampleTable documents = table(5, 30, 18_000);
        Arrays.fill(documents.keyFrames(), true);
        return new Fragment(
                plain.header().withMetadataFrames(5),
                configurationWithMetadata(),
                plain.video(),
                plain.videoData(),
                plain.audio(),
                Optional.of(
                        new Fragment.SideTrack(
                                plain.header().start().plusTicks(55), documents, filled(5 * 30))));
    }

    static StreamConfiguration configurationWithMetadata() {
        return new StreamConfiguration(configuration().video(), configuration().audio(), true);
    }

    static FragmentHeader header(int sequence, MediaTime start) {
        return new FragmentHeader(
                YARD,
                RUN,
                sequence,
                start,
                SECOND,
                25,
                50,
                new Digest(0x0123456789abcdefL, 0xfedcba9876543210L),
                true,
                false,
                sequence == 0 ? Optional.of(GapCause.RECORDER_RESTART) : Optional.empty(),
                Origin.REPLICA);
    }

    private static SampleTable table(int count, int size, int duration) {
        int[] sizes = new int[count];
        Arrays.fill(sizes, size);
        int[] durations = new int[count];
        Arrays.fill(durations, duration);
        boolean[] keyFrames = new boolean[count];
        keyFrames[0] = true;
        return new SampleTable(sizes, durations, new int[count], keyFrames);
    }

    private static MediaBuffer filled(int bytes) {
        MediaBuffer buffer = MEMORY.newBuffer();
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 0xA5);
        if (!buffer.append(ByteBuffer.wrap(content))) {
            throw new IllegalStateException("the test's media memory is used up");
        }
        return buffer;
    }
}

package io.gapless.archive;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.codec.H264ParameterSets;
import io.gapless.media.fmp4.FragmentDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One encoded GOP of real H.264, from which fragments of any camera and time are made. */
final class TestVideo {
    static final int FRAMES = 10;
    static final long FRAME_TICKS = 9_000;
    static final long GOP_TICKS = FRAMES * FRAME_TICKS;

    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int AUD = 9;

    private final StreamConfiguration configuration;
    private final List<byte[]> accessUnits;
    private final int fillerBytes;

    private TestVideo(StreamConfiguration configuration, List<byte[]> accessUnits, int filler) {
        this.configuration = configuration;
        this.accessUnits = accessUnits;
        this.fillerBytes = filler;
    }

    /** A second of 10 frames of the given size. */
    static TestVideo ofSize(String size) {
        byte[] annexB =
                FfmpegTool.ffmpeg(
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=size=" + size + ":rate=10",
                        "-frames:v",
                        "" + FRAMES,
                        "-pix_fmt",
                        "yuv420p",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-bf",
                        "0",
                        "-g",
                        "100",
                        "-threads",
                        "1",
                        "-x264-params",
                        "aud=1:annexb=1:sliced-threads=0",
                        "-f",
                        "h264",
                        "-");
        List<byte[]> nalUnits = split(annexB);
        return new TestVideo(
                new StreamConfiguration(
                        H264ParameterSets.configuration(of(nalUnits, SPS), of(nalUnits, PPS)),
                        Optional.empty()),
                accessUnits(nalUnits),
                0);
    }

    /** The same pictures, each with filler of so many bytes. */
    TestVideo withFiller(int bytes) {
        return new TestVideo(configuration, accessUnits, bytes);
    }

    private static List<ByteBuffer> of(List<byte[]> nalUnits, int type) {
        return nalUnits.stream()
                .filter(nal -> type(nal) == type)
                .distinct()
                .limit(1)
                .map(ByteBuffer::wrap)
                .toList();
    }

    private static int type(byte[] nal) {
        return nal[0] & 0x1F;
    }

    private static List<byte[]> accessUnits(List<byte[]> nalUnits) {
        List<byte[]> units = new ArrayList<>();
        for (byte[] nal : nalUnits) {
            if (type(nal) == AUD) {
                units.add(new byte[0]);
            } else if (type(nal) != SPS && type(nal) != PPS) {
                units.set(units.size() - 1, plus(units.get(units.size() - 1), nal));
            }
        }
        return units;
    }

    private static byte[] plus(byte[] accessUnit, byte[] nal) {
        return ByteBuffer.allocate(accessUnit.length + Integer.BYTES + nal.length)
                .put(accessUnit)
                .putInt(nal.length)
                .put(nal)
                .array();
    }

    private static List<byte[]> split(byte[] annexB) {
        List<byte[]> nalUnits = new ArrayList<>();
        int from = -1;
        for (int i = 0; i + 2 < annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                if (from >= 0) {
                    nalUnits.add(trimmed(annexB, from, i));
                }
                from = i + 3;
            }
        }
        nalUnits.add(trimmed(annexB, from, annexB.length));
        return nalUnits;
    }

    private static byte[] trimmed(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }

    Fragment fragment(
            MediaMemory memory,
            CameraId camera,
            RunId run,
            long sequence,
            MediaTime start,
            Optional<GapCause> gapBefore) {
        MediaBuffer data = memory.newBuffer();
        FragmentDigest digest = new FragmentDigest();
        int[] sizes = new int[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            ByteBuffer unit = accessUnit(i);
            sizes[i] = unit.remaining();
            digest.accessUnits(VideoCodec.H264, unit);
            if (!data.append(unit)) {
                throw new IllegalStateException("the test's memory is too small");
            }
        }
        return new Fragment(
                header(camera, run, sequence, start, digest.value(), gapBefore),
                configuration,
                samples(sizes),
                data,
                Optional.empty());
    }

    private ByteBuffer accessUnit(int index) {
        byte[] picture = accessUnits.get(index);
        if (fillerBytes == 0) {
            return ByteBuffer.wrap(picture.clone());
        }
        byte[] filler = new byte[fillerBytes];
        Arrays.fill(filler, (byte) 0xFF);
        filler[0] = 12; // filler data, H.264 7.3.2.7
        filler[fillerBytes - 1] = (byte) 0x80;
        return ByteBuffer.wrap(plus(picture, filler));
    }

    private static SampleTable samples(int[] sizes) {
        int[] durations = new int[FRAMES];
        Arrays.fill(durations, (int) FRAME_TICKS);
        boolean[] keys = new boolean[FRAMES];
        keys[0] = true;
        return new SampleTable(sizes, durations, new int[FRAMES], keys);
    }

    private static FragmentHeader header(
            CameraId camera,
            RunId run,
            long sequence,
            MediaTime start,
            Digest digest,
            Optional<GapCause> gapBefore) {
        return new FragmentHeader(
                camera,
                run,
                sequence,
                start,
                GOP_TICKS,
                FRAMES,
                0,
                digest,
                true,
                false,
                gapBefore,
                Origin.PRIMARY);
    }
}

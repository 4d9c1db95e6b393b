package io.gapless.media.testing;

import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets FFmpeg encode a moving test picture with x264, x265 or libaom.
 *
 * <pre>{@code
 * Clip clip = ClipEncoder.of(VideoCodec.H264).size(320, 180).frames(50).bFrames(2).encode();
 * }</pre>
 */
public final class ClipEncoder {
    private final VideoCodec codec;
    private int width = 320;
    private int height = 180;
    private int framesPerSecond = 25;
    private int frames = 50;
    private int gop = 25;
    private int bFrames;
    private String pixelFormat = "yuv420p";
    private List<String> more = List.of();

    private ClipEncoder(VideoCodec codec) {
        this.codec = codec;
    }

    public static ClipEncoder of(VideoCodec codec) {
        return new ClipEncoder(codec);
    }

    public ClipEncoder size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return this;
    }

    public ClipEncoder framesPerSecond(int value) {
        framesPerSecond = value;
        return this;
    }

    public ClipEncoder frames(int value) {
        frames = value;
        return this;
    }

    /** Frames from key frame to key frame. */
    public ClipEncoder gop(int value) {
        gop = value;
        return this;
    }

    /**
     * The most B-frames in a row; 0 for none. Any number lets AV1 have frames that are not shown.
     */
    public ClipEncoder bFrames(int value) {
        bFrames = value;
        return this;
    }

    public ClipEncoder pixelFormat(String value) {
        pixelFormat = value;
        return this;
    }

    /** More options for ffmpeg's output, the last of which win. */
    public ClipEncoder options(String... values) {
        more = List.of(values);
        return this;
    }

    public Clip encode() {
        try {
            Path directory = Files.createTempDirectory("clip");
            Path mp4 = directory.resolve("clip.mp4");
            Path annexB = directory.resolve("clip.bin");
            try {
                encode(mp4);
                FFmpegTools.ffmpeg(
                        "-i", mp4.toString(), "-c", "copy", "-f", rawFormat(), annexB.toString());
                return clip(mp4, Files.readAllBytes(mp4), Files.readAllBytes(annexB));
            } finally {
                Files.deleteIfExists(mp4);
                Files.deleteIfExists(annexB);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rawFormat() {
        return switch (codec) {
            case H264 -> "h264";
            case H265 -> "hevc";
            case AV1 -> "obu";
            case JPEG -> throw new IllegalArgumentException("clips are no JPEG files");
        };
    }

    private void encode(Path mp4) {
        String source = "testsrc2=size=%dx%d:rate=%d".formatted(width, height, framesPerSecond);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-f",
                                "lavfi",
                                "-i",
                                source,
                                "-frames:v",
                                Integer.toString(frames),
                                "-pix_fmt",
                                pixelFormat));
        arguments.addAll(encoderOptions());
        arguments.addAll(List.of("-g", Integer.toString(gop), "-bf", Integer.toString(bFrames)));
        arguments.addAll(more);
        arguments.addAll(List.of("-video_track_timescale", "90000", "-use_editlist", "0"));
        arguments.add(mp4.toString());
        FFmpegTools.ffmpeg(arguments.toArray(String[]::new));
    }

    private List<String> encoderOptions() {
        return switch (codec) {
            case JPEG -> throw new IllegalArgumentException("clips are no JPEG files");
            case AV1 ->
                    List.of(
                            "-c:v",
                            "libaom-av1",
                            "-cpu-used",
                            "8",
                            "-threads",
                            "1",
                            "-keyint_min",
                            Integer.toString(gop),
                            "-usage",
                            bFrames > 0 ? "good" : "realtime",
                            "-lag-in-frames",
                            bFrames > 0 ? "19" : "0");
            case H264 ->
                    List.of("-c:v", "libx264", "-preset", "veryfast", "-x264-params", "scenecut=0");
            case H265 ->
                    List.of(
                            "-c:v",
                            "libx265",
                            "-preset",
                            "ultrafast",
                            "-tag:v",
                            "hvc1",
                            "-x265-params",
                            "log-level=error:info=0:scenecut=0:open-gop=0:pools=1:frame-threads=1");
        };
    }

    private Clip clip(Path file, byte[] mp4, byte[] annexB) {
        List<ProbedPacket> packets = FFmpegTools.packets(file, "v");
        long first = packets.stream().mapToLong(ProbedPacket::pts).min().orElseThrow();
        List<Clip.Picture> pictures =
                packets.stream()
                        .map(p -> new Clip.Picture(p.pts() - first, p.key(), data(mp4, p)))
                        .toList();
        byte[] record = payload(mp4, configurationBox());
        List<ByteBuffer> sets =
                codec == VideoCodec.AV1
                        ? List.of(sequenceHeader(pictures.get(0).data()))
                        : parameterSets(annexB);
        return new Clip(codec, width, height, record, sets, pictures);
    }

    private String configurationBox() {
        return switch (codec) {
            case H264 -> "avcC";
            case H265 -> "hvcC";
            case AV1 -> "av1C";
            case JPEG -> throw new IllegalArgumentException("clips are no JPEG files");
        };
    }

    /** What the sequence header holds that a key frame begins with: header, size in a byte. */
    private static ByteBuffer sequenceHeader(byte[] picture) {
        return ByteBuffer.wrap(picture).slice(2, picture[1]);
    }

    private static byte[] data(byte[] mp4, ProbedPacket packet) {
        int from = Math.toIntExact(packet.position());
        return Arrays.copyOfRange(mp4, from, from + packet.sizeBytes());
    }

    /** The payload of the first box of this type, wherever it is. */
    static byte[] payload(byte[] mp4, String type) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        for (int i = 4; i < mp4.length - name.length; i++) {
            if (Arrays.equals(mp4, i, i + name.length, name, 0, name.length)) {
                int size = ByteBuffer.wrap(mp4).getInt(i - 4);
                return Arrays.copyOfRange(mp4, i + 4, i - 4 + size);
            }
        }
        throw new IllegalStateException("FFmpeg wrote no " + type);
    }

    /** Every VPS, SPS and PPS of an Annex B stream (ITU-T H.264 B.1), each once. */
    private List<ByteBuffer> parameterSets(byte[] annexB) {
        Set<ByteBuffer> sets = new LinkedHashSet<>();
        int start = -1;
        for (int i = 0; i + 2 < annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                add(sets, annexB, start, i);
                start = i + 3;
            }
        }
        add(sets, annexB, start, annexB.length);
        return List.copyOf(sets);
    }

    private void add(Set<ByteBuffer> sets, byte[] annexB, int start, int end) {
        int last = end;
        while (last > start && last > 0 && annexB[last - 1] == 0) {
            last--;
        }
        if (start >= 0 && NalUnits.isParameterSet(codec, annexB[start])) {
            sets.add(ByteBuffer.wrap(Arrays.copyOfRange(annexB, start, last)));
        }
    }
}

package io.gapless.ring.http;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.RunEndBox;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.layout.RecordingName;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.ring.RingDirectories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ring's files as docs/archive-format.md has them, written without the ring's writer. */
final class HandMadeRing {
    static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T14:22:33.500Z"));
    static final int FRAMES = 10;

    static final Clip H264 = clip(VideoCodec.H264, 8, 0);
    static final Clip H265 = clip(VideoCodec.H265, 4, 2);

    private final Path directory;
    private final MediaMemory memory = new MediaMemory(64 << 20);
    private int recordings;

    /**
     * A fragment as it stands in a file.
     *
     * @param offset in the file
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
    record Written(
            FragmentHeader header, StreamConfiguration configuration, long offset, byte[] bytes) {}

    /** A segment as it was written. */
    record Segment(Path file, MediaTime start, List<Written> fragments) {}

    HandMadeRing(Path directory) {
        this.directory = directory;
    }

    private static Clip clip(VideoCodec codec, int seconds, int bFrames) {
        return ClipEncoder.of(codec)
                .size(160, 90)
                .framesPerSecond(FRAMES)
                .gop(FRAMES)
                .frames(FRAMES * seconds)
                .bFrames(bFrames)
                .encode();
    }

    RingDirectories directories() {
        return new RingDirectories(List.of(directory));
    }

    /** A finished segment with one fragment a second, H.264, no sound. */
    Segment add(String camera, MediaTime start) throws IOException {
        return add(camera, start, H264, Optional.empty(), true, List.of());
    }

    /** With two metadata documents a fragment, if it has sound. */
    Segment add(
            String camera,
            MediaTime start,
            Clip clip,
            Optional<AudioClip> audio,
            boolean finished,
            List<Interruption> interruptions)
            throws IOException {
        CameraId id = new CameraId(camera);
        List<Fragment> fragments =
                new FragmentBuilder(id, RunId.random(), memory, clip, audio)
                        .withMetadata(audio.isPresent() ? 2 : 0)
                        .build(start);
        StreamConfiguration configuration = fragments.get(0).configuration();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(InitializationSegment.encode(List.of(configuration)));
        List<Written> written = new ArrayList<>();
        for (Fragment fragment : fragments) {
            byte[] bytes = bytes(fragment, start, written.size() + 1);
            written.add(new Written(fragment.header(), configuration, file.size(), bytes));
            file.writeBytes(bytes);
            fragment.release();
        }
        interruptions.forEach(i -> file.writeBytes(array(RunEndBox.encode(i))));
        if (finished) {
            List<StoredFragment> stored =
                    written.stream()
                            .map(w -> new StoredFragment(w.header, w.offset, w.bytes.length))
                            .toList();
            file.writeBytes(
                    array(RecordingTrailer.encode(stored, interruptions, configuration, start)));
        }
        Path path = path(id, start, finished);
        Files.createDirectories(path.getParent());
        Files.write(path, file.toByteArray());
        return new Segment(path, start, written);
    }

    private Path path(CameraId camera, MediaTime start, boolean finished) {
        RecordingName name = RecordingName.of(start.toInstant(), "0ab1", recordings++);
        return directory
                .resolve("recordings")
                .resolve(name.day().toString())
                .resolve(camera.value())
                .resolve(name + (finished ? ".mp4" : ".mp4.open"));
    }

    /** The fragment as a file of its recording holds it. */
    static byte[] bytes(Fragment fragment, MediaTime recordingStart, int moofSequence) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(array(FragmentEncoder.header(fragment, recordingStart, moofSequence)));
        fragment.views().forEach(v -> bytes.writeBytes(array(v)));
        return bytes.toByteArray();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] array = new byte[buffer.remaining()];
        buffer.duplicate().get(array);
        return array;
    }
}

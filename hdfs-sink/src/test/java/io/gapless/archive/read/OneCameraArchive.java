package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty archive, and a run of one camera's real video to fill it with. */
abstract class OneCameraArchive {
    static final CameraId CAMERA = new CameraId("gate");
    static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T10:00:00Z"));
    private static Clip video;

    @TempDir Path root;
    Archive archive;
    HandMadeArchive files;
    List<Fragment> fragments;

    @BeforeAll
    static void encode() {
        video =
                Marks.mark(
                        ClipEncoder.of(VideoCodec.H264)
                                .size(64, 48)
                                .frames(150)
                                .bFrames(2)
                                .encode(),
                        0);
    }

    @BeforeEach
    void open() throws IOException {
        archive = Archive.open(root.toUri(), new Configuration());
        files = new HandMadeArchive(archive);
        fragments =
                new FragmentBuilder(
                                CAMERA,
                                RunId.random(),
                                new MediaMemory(16 << 20),
                                video,
                                Optional.empty())
                        .build(START);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
    }
}

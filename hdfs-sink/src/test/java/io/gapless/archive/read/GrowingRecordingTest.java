package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.layout.RecordingName;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads recordings on HDFS while their writer still has them open. */
class GrowingRecordingTest {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingRecordingTest.class);
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T10:00:00Z"));
    private static final int LONG_RECORDING_FRAGMENTS = 1800;

    @TempDir static Path directory;
    private static MiniDFSCluster cluster;
    private static Archive archive;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
        configuration.set("dfs.blocksize", "16m");
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        archive = Archive.open(cluster.getURI().resolve("/nvr"), new Configuration());
    }

    @AfterAll
    static void stop() throws IOException {
        archive.close();
        cluster.shutdown();
    }

    @Test
    void everyFlushedFragmentIsReadableAtOnceThenUnderItsFinalName() throws IOException {
        CameraId camera = new CameraId("growing");
        List<Fragment> fragments = fragments(camera, 250);
        byte[] bytes = HandMadeArchive.bytes(Ending.OPEN, fragments);
        try (FSDataOutputStream out =
                archive.fileSystem().create(path(camera, Kind.OPEN_RECORDING))) {
            int at = 0;
            for (int i = 1; i <= fragments.size(); i++) {
                int end = HandMadeArchive.bytes(Ending.OPEN, fragments.subList(0, i)).length;
                out.write(bytes, at, end - at - 10);
                out.hflush();
                assertThat(frames(camera)).as("torn").isEqualTo(25L * (i - 1));
                out.write(bytes, end - 10, 10);
                out.hflush();
                assertThat(frames(camera)).isEqualTo(25L * i);
                at = end;
            }
        }
        assertThat(
                        archive.fileSystem()
                                .rename(
                                        path(camera, Kind.OPEN_RECORDING),
                                        path(camera, Kind.RECORDING)))
                .isTrue();
        assertThat(frames(camera)).isEqualTo(250);
    }

    @Test
    void aRecordingRenamedAfterListingIsFoundUnderItsFinalName() throws IOException {
        CameraId camera = new CameraId("renamed");
        List<Fragment> fragments = fragments(camera, 50);
        try (FSDataOutputStream out = archive.fileSystem().create(path(camera, Kind.RECORDING))) {
            out.write(HandMadeArchive.bytes(Ending.INDEXED, fragments));
        }
        ArchiveEntry listed = new ArchiveEntry(camera, name(), Kind.OPEN_RECORDING);
        IndexedRecording found = IndexedRecording.read(archive, listed).orElseThrow();
        assertThat(found.entry().kind()).isEqualTo(Kind.RECORDING);
        assertThat(found.content().fragments()).hasSize(2);
        archive.fileSystem().delete(path(camera, Kind.RECORDING), false);
        assertThat(IndexedRecording.read(archive, listed)).isEmpty();
    }

    @Test
    void aLongGrowingRecordingIsIndexedWithOneSmallReadAFragment() throws IOException {
        CameraId camera = new CameraId("long");
        Fragment one = fragments(camera, 25).get(0);
        byte[] bytes =
                HandMadeArchive.bytes(
                        Ending.OPEN, Collections.nCopies(LONG_RECORDING_FRAGMENTS, one));
        try (FSDataOutputStream out =
                archive.fileSystem().create(path(camera, Kind.OPEN_RECORDING))) {
            out.write(bytes);
            out.hflush();
            for (int i = 0; i < 3; i++) {
                measure(camera, bytes.length);
            }
        }
    }

    private static void measure(CameraId camera, int bytes) throws IOException {
        long start = System.nanoTime();
        try (OpenedRecording source =
                OpenedRecording.open(
                        archive, new ArchiveEntry(camera, name(), Kind.OPEN_RECORDING))) {
            Recording recording = Recording.read(source);
            long millis = (System.nanoTime() - start) / 1_000_000;
            LOG.info(
                    "indexed a growing recording of {} fragments, {} bytes, in {} ms with {} reads",
                    recording.fragments().size(),
                    bytes,
                    millis,
                    source.roundTrips());
            assertThat(recording.fragments()).hasSize(LONG_RECORDING_FRAGMENTS);
            assertThat(source.roundTrips()).isLessThanOrEqualTo(LONG_RECORDING_FRAGMENTS + 5);
        }
    }

    /** How many frames can be read, video and all. */
    private static long frames(CameraId camera) throws IOException {
        InstantSource now = InstantSource.fixed(START.toInstant().plusSeconds(10));
        Optional<Instant> from = Optional.of(START.toInstant());
        CameraVerification result =
                new ArchiveReader(archive, now)
                        .verify(List.of(camera), from, Optional.empty(), ReadProgress.NONE)
                        .cameras()
                        .get(0);
        assertThat(result.problems()).isEmpty();
        return result.frames();
    }

    private static List<Fragment> fragments(CameraId camera, int frames) {
        Clip clip = ClipEncoder.of(VideoCodec.H264).size(320, 240).frames(frames).gop(25).encode();
        return new FragmentBuilder(
                        camera, RunId.random(), new MediaMemory(32 << 20), clip, Optional.empty())
                .build(START);
    }

    private static RecordingName name() {
        return RecordingName.of(START.toInstant(), "grow", 0);
    }

    private static org.apache.hadoop.fs.Path path(CameraId camera, Kind kind) {
        return archive.layout().path(new ArchiveEntry(camera, name(), kind));
    }
}

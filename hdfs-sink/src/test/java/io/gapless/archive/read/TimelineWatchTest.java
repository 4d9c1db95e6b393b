package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.LostNotes;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.VideoCodec;
import io.gapless.media.layout.RecordingName;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.timeline.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TimelineWatchTest {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineWatchTest.class);
    private static final MediaTime EARLIER = at("11:20:00");
    private static final MediaTime START = at("12:00:00");
    private static final int SECOND = MediaTime.TICKS_PER_SECOND;

    @TempDir static Path directory;
    private static MiniDFSCluster cluster;
    private static Archive archive;
    private static Clip clip;

    private final AtomicReference<Instant> now = new AtomicReference<>();
    private final InstantSource clock = now::get;
    private final MediaMemory memory = new MediaMemory(64 << 20);
    private CameraId camera;
    private HandMadeArchive files;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        Configuration client = new Configuration();
        client.setInt("dfs.client.retry.window.base", 1);
        archive = Archive.open(cluster.getURI().resolve("/nvr"), client);
        clip = ClipEncoder.of(VideoCodec.H264).size(64, 48).frames(250).gop(25).encode();
    }

    @AfterAll
    static void stop() throws IOException {
        archive.close();
        cluster.shutdown();
    }

    @BeforeEach
    void camera(TestInfo test) {
        camera = new CameraId(test.getTestMethod().orElseThrow().getName());
        files = new HandMadeArchive(archive);
        now.set(START.plusTicks(10 * SECOND).toInstant());
    }

    private static MediaTime at(String time) {
        return MediaTime.of(Instant.parse("2026-11-22T" + time + "Z"));
    }

    private List<Fragment> run(MediaTime start) {
        return new FragmentBuilder(camera, RunId.random(), memory, clip, Optional.empty())
                .build(start);
    }

    private Interruption end(List<Fragment> run) {
        MediaTime end = run.get(run.size() - 1).header().end();
        return new Interruption(camera, end, GapCause.CAMERA_SILENT, "nothing came");
    }

    private TimeRange range() {
        return new TimeRange(EARLIER, MediaTime.of(now.get()));
    }

    @Test
    void aLookReadsOnlyWhatIsNewAndSeesWhatAReaderSees() throws Exception {
        List<Fragment> first = run(EARLIER);
        files.add(Ending.INDEXED, first, end(first));
        List<Fragment> growing = run(START);
        byte[] bytes = HandMadeArchive.bytes(Ending.OPEN, growing);
        org.apache.hadoop.fs.Path open = path(Kind.OPEN_RECORDING);
        try (TimelineWatch watch = new TimelineWatch(archive, clock);
                FSDataOutputStream out = archive.fileSystem().create(open)) {
            int at = 0;
            for (int i = 1; i <= growing.size(); i++) {
                int end = HandMadeArchive.bytes(Ending.OPEN, growing.subList(0, i)).length;
                out.write(bytes, at, end - at);
                out.hflush();
                at = end;
                check(watch);
            }
            Map<String, Long> before = calls();
            for (int i = 0; i < 100; i++) {
                watch.look(camera, range());
            }
            Map<String, Long> steady = NameNodeCalls.between(before, calls());
            LOG.info("100 looks at a camera that is being recorded cost the NameNode {}", steady);
            assertThat(steady).isEqualTo(Map.of("op_list_status", 100L, "op_open", 100L));
        }
        assertThat(archive.fileSystem().rename(open, path(Kind.RECORDING))).isTrue();
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            check(watch);
            Map<String, Long> before = calls();
            watch.look(camera, range());
            assertThat(NameNodeCalls.between(before, calls()))
                    .isEqualTo(Map.of("op_list_status", 1L));
        }
    }

    private void check(TimelineWatch watch) throws IOException {
        WatchedTimeline seen = watch.look(camera, range());
        assertThat(seen.report().timeline())
                .isEqualTo(
                        new ArchiveReader(archive, clock)
                                .timeline(
                                        camera,
                                        Optional.of(range().from().toInstant()),
                                        Optional.of(range().to().toInstant())));
        assertThat(seen.report().timeline().gaps()).hasSize(1);
    }

    @Test
    void whatHasNoRoomIsReadAnew() throws Exception {
        files.add(Ending.INDEXED, run(START));
        try (TimelineWatch watch = new TimelineWatch(archive, clock, 5)) {
            watch.look(camera, range());
            Map<String, Long> before = calls();
            assertThat(watch.look(camera, range()).report().timeline().frames()).isEqualTo(250);
            assertThat(NameNodeCalls.between(before, calls())).containsKey("op_open");
        }
    }

    @Test
    void aGapBehindARecordingThatNobodyFinishedIsWaitedForTwoMinutes() throws Exception {
        List<Fragment> dead = run(START);
        files.add(Ending.OPEN, dead.subList(0, 3));
        files.add(Ending.OPEN, dead.subList(5, 10));
        now.set(START.plusTicks(11 * SECOND).toInstant());
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            Gap gap = onlyGap(watch);
            TimeRange hole = new TimeRange(gap.start(), gap.end());
            TimeRange within =
                    new TimeRange(START.plusTicks(6 * SECOND), START.plusTicks(7 * SECOND));
            assertThat(watch.look(camera, range()).awaitsRecovery(hole)).isTrue();
            assertThat(watch.look(camera, range()).awaitsRecovery(within)).isFalse();
            now.set(START.plusTicks((5 + 121) * SECOND).toInstant());
            assertThat(watch.look(camera, range()).awaitsRecovery(hole)).isFalse();
        }
    }

    @Test
    void aGapBehindAFinishedRecordingIsNotWaitedFor() throws Exception {
        List<Fragment> run = run(START);
        files.add(Ending.UNINDEXED, run.subList(0, 3));
        files.add(Ending.OPEN, run.subList(5, 10));
        now.set(START.plusTicks(11 * SECOND).toInstant());
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            Gap gap = onlyGap(watch);
            TimeRange hole = new TimeRange(gap.start(), gap.end());
            assertThat(watch.look(camera, range()).awaitsRecovery(hole)).isFalse();
        }
    }

    @Test
    void whatIsNotedAsLostIsLostForWatchAndReaderHoursLater() throws Exception {
        List<Fragment> first = run(at("02:00:00"));
        files.add(Ending.INDEXED, first, end(first));
        files.add(Ending.OPEN, run(START));
        TimeRange lost = new TimeRange(first.get(9).header().end(), at("11:59:00"));
        new LostNotes(archive).write(camera, lost, GapCause.CAMERA_SILENT, "no ring has it");
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            WatchedTimeline seen = watch.look(camera, range());
            assertThat(seen.report().timeline().gaps())
                    .containsExactly(
                            new Gap(EARLIER, lost.to(), GapCause.CAMERA_SILENT, Gap.State.LOST),
                            new Gap(lost.to(), START, GapCause.CAMERA_SILENT, Gap.State.OPEN));
            assertThat(seen.report().lost()).containsExactly(lost);
            checkReader(seen);
        }
    }

    private void checkReader(WatchedTimeline seen) throws IOException {
        Optional<Instant> from = Optional.of(range().from().toInstant());
        assertThat(
                        new ArchiveReader(archive, clock)
                                .timeline(camera, from, Optional.empty())
                                .gaps())
                .isEqualTo(seen.report().timeline().gaps());
    }

    @Test
    void aRecordingThatCannotBeReadIsLeftOutNamedAndNotTriedAgainAtOnce() throws Exception {
        List<Fragment> first = run(EARLIER);
        files.add(Ending.INDEXED, first, end(first));
        org.apache.hadoop.fs.Path broken = files.add(Ending.INDEXED, run(START));
        deleteBlock(broken);
        now.set(START.plusTicks(60 * SECOND).toInstant());
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            WatchedTimeline seen = watch.look(camera, range());
            assertThat(seen.unreadable()).hasSize(1);
            UnreadableRecording unread = seen.unreadable().get(0);
            assertThat(unread.problem().file()).endsWith(broken.getName());
            assertThat(unread.mayHold()).isEqualTo(new TimeRange(START, at("13:00:00")));
            assertThat(seen.report().timeline().frames()).isEqualTo(250);

            Map<String, Long> before = calls();
            assertThat(watch.look(camera, range()).unreadable()).isEqualTo(seen.unreadable());
            assertThat(NameNodeCalls.between(before, calls())).doesNotContainKey("op_open");
            now.set(now.get().plusSeconds(31));
            assertThat(watch.look(camera, range()).unreadable()).hasSize(1);
            assertThat(NameNodeCalls.between(before, calls())).containsKey("op_open");
        }
    }

    @Test
    void anArchiveOfWhichNothingCanBeReadTellsNothing() throws Exception {
        deleteBlock(files.add(Ending.INDEXED, run(START)));
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            assertThatThrownBy(() -> watch.look(camera, range()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be read");
        }
    }

    private static void deleteBlock(org.apache.hadoop.fs.Path recording) throws IOException {
        cluster.corruptBlockOnDataNodesByDeletingBlockFile(
                DFSTestUtil.getFirstBlock(cluster.getFileSystem(), recording));
    }

    @Test
    void ofACameraThatTheArchiveDoesNotKnowNothingIsMissing() throws Exception {
        try (TimelineWatch watch = new TimelineWatch(archive, clock)) {
            WatchedTimeline seen = watch.look(camera, range());
            assertThat(seen.report().timeline().gaps()).isEmpty();
            assertThat(seen.liveEdge()).isEmpty();
        }
    }

    private Gap onlyGap(TimelineWatch watch) throws IOException {
        List<Gap> gaps = watch.look(camera, range()).report().timeline().gaps();
        assertThat(gaps).hasSize(1);
        return gaps.get(0);
    }

    private static Map<String, Long> calls() {
        return NameNodeCalls.count();
    }

    private org.apache.hadoop.fs.Path path(Kind kind) {
        RecordingName name = RecordingName.of(START.toInstant(), "grow", 0);
        return archive.layout().path(new ArchiveEntry(camera, name, kind));
    }
}

package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.testing.ProbedPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata goes where its pictures go, judged by FFmpeg. */
class ExportedMetadataTest {
    private static final CameraId CAMERA = new CameraId("yard");
    private static final Instant START = Instant.parse("2026-11-22T14:00:00Z");
    private static final int SECONDS = 4;

    /** Every 30,000 ticks. */
    private static final int DOCUMENTS_PER_SECOND = 3;

    private static final Clip CLIP =
            ClipEncoder.of(VideoCodec.H264).size(64, 48).frames(SECONDS * 25).gop(25).encode();

    @TempDir Path directory;
    private Archive archive;

    @BeforeEach
    void fourSecondsAreRecorded() throws Exception {
        archive = Archive.open(directory.toUri(), new Configuration());
        List<Fragment> fragments =
                new FragmentBuilder(
                                CAMERA,
                                RunId.random(),
                                new MediaMemory(16 << 20),
                                CLIP,
                                Optional.of(AudioClip.aac(SECONDS)))
                        .withMetadata(DOCUMENTS_PER_SECOND)
                        .build(MediaTime.of(START));
        HandMadeArchive files = new HandMadeArchive(archive);
        files.add(Ending.INDEXED, fragments.subList(0, 2));
        files.add(Ending.OPEN, fragments.subList(2, SECONDS));
        fragments.forEach(Fragment::release);
    }

    @AfterEach
    void close() throws Exception {
        archive.close();
    }

    private ArchiveReader reader() {
        return new ArchiveReader(archive, InstantSource.fixed(START.plusSeconds(60)));
    }

    @Test
    void allOfItIsExported() throws Exception {
        export(START, START.plusSeconds(SECONDS));
        assertThat(FFmpegTools.packets(out(), "v")).hasSize(CLIP.pictures().size());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < SECONDS * DOCUMENTS_PER_SECOND; i++) {
            expected.add(document(i));
        }
        assertThat(documents()).isEqualTo(expected);
        assertThat(times()).containsExactly(times(0, SECONDS * DOCUMENTS_PER_SECOND));
    }

    /** From the key frame on that decoding begins with. */
    @Test
    void aPartOfItIsExportedWithItsPictures() throws Exception {
        export(START.plusMillis(1500), START.plusMillis(2500));
        assertThat(documents())
                .containsExactly(document(3), document(4), document(5), document(6), document(7));
        assertThat(times()).containsExactly(times(0, 5));
    }

    @Test
    void itIsVerified() throws Exception {
        VerifyReport report =
                reader().verify(
                                List.of(CAMERA),
                                Optional.empty(),
                                Optional.empty(),
                                ReadProgress.NONE);
        assertThat(report.whole()).isTrue();
        assertThat(report.cameras().get(0).fragments()).isEqualTo(SECONDS);
    }

    private void export(Instant from, Instant to) throws Exception {
        reader().export(CAMERA, from, to, out(), ReadProgress.NONE);
    }

    private Path out() {
        return directory.resolve("export.mp4");
    }

    private static String document(int index) {
        return "<document fragment='%d' number='%d'/>"
                .formatted(index / DOCUMENTS_PER_SECOND, index % DOCUMENTS_PER_SECOND);
    }

    private List<String> documents() throws Exception {
        byte[] file = Files.readAllBytes(out());
        return FFmpegTools.packets(out(), "d").stream()
                .map(
                        p ->
                                new String(
                                        file,
                                        (int) p.position(),
                                        p.sizeBytes(),
                                        StandardCharsets.US_ASCII))
                .toList();
    }

    private List<Long> times() {
        return FFmpegTools.packets(out(), "d").stream().map(ProbedPacket::pts).toList();
    }

    private static Long[] times(int from, int to) {
        Long[] times = new Long[to - from];
        for (int i = from; i < to; i++) {
            times[i - from] = i * 30_000L;
        }
        return times;
    }
}

package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyTest extends OneCameraArchive {
    @Test
    void whatWasWrittenIsWhole() throws IOException {
        files.add(Ending.INDEXED, fragments.subList(0, 2));
        files.add(Ending.UNINDEXED, fragments.subList(2, 4));
        files.add(Ending.OPEN, fragments.subList(4, 6));

        CameraVerification result = verify();

        assertThat(result.problems()).isEmpty();
        assertThat(result.whole()).isTrue();
        assertThat(result.gaps()).isEmpty();
        assertThat(result.recordings()).isEqualTo(3);
        assertThat(result.fragments()).isEqualTo(6);
        assertThat(result.frames()).isEqualTo(150);
    }

    @Test
    void aChangedByteOfVideoIsFoundWithFileAndPlace() throws IOException {
        for (Ending ending : Ending.values()) {
            byte[] bytes = HandMadeArchive.bytes(ending, fragments);
            int second = sizeWithout(fragments.subList(0, 1));
            int third = sizeWithout(fragments.subList(0, 2));
            bytes[Marks.pictureByteBefore(bytes, third)] ^= 1;
            Path file = Path.of(files.write(ending, fragments, bytes).toUri().getPath());

            List<Problem> problems = verify().problems();

            assertThat(problems).hasSize(1);
            assertThat(problems.get(0).file()).isEqualTo(root.relativize(file).toString());
            assertThat(problems.get(0).offset()).isBetween((long) second, (long) third);
            assertThat(problems.get(0).what()).contains("fragment 1 of run").contains("digest");
            archive.fileSystem().delete(new org.apache.hadoop.fs.Path(file.toUri()), false);
        }
    }

    @Test
    void av1IsVerifiedObuByObu() throws IOException {
        Clip clip = ClipEncoder.of(VideoCodec.AV1).size(64, 48).bFrames(1).encode();
        List<Fragment> av1 =
                new FragmentBuilder(
                                CAMERA,
                                RunId.random(),
                                new MediaMemory(16 << 20),
                                Marks.mark(clip, 0),
                                Optional.empty())
                        .build(START);
        org.apache.hadoop.fs.Path whole = files.add(Ending.INDEXED, av1);
        assertThat(verify().problems()).isEmpty();
        assertThat(verify().frames()).isEqualTo(50);
        archive.fileSystem().delete(whole, false);

        byte[] bytes = HandMadeArchive.bytes(Ending.OPEN, av1);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.lastIndexOf(Marks.TEXT) - 4] |= (byte) 0x80; // an OBU's forbidden bit
        files.write(Ending.OPEN, av1, bytes);
        assertThat(verify().problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("no whole AV1 picture");
    }

    @Test
    void aTornTailIsNoProblemOfARecordingNobodyFinished() throws IOException {
        byte[] bytes = HandMadeArchive.bytes(Ending.OPEN, fragments);
        int whole = sizeWithout(fragments.subList(0, 5));
        for (int tail : new int[] {1, 7, 8, 100, 300, 2000, bytes.length - whole - 1}) {
            org.apache.hadoop.fs.Path path =
                    files.write(Ending.OPEN, fragments, Arrays.copyOf(bytes, whole + tail));
            CameraVerification result = verify();
            assertThat(result.problems()).as("%d bytes of a fragment", tail).isEmpty();
            assertThat(result.fragments()).isEqualTo(5);
            archive.fileSystem().delete(path, false);
        }
    }

    @Test
    void aTornTailOfAFinishedRecordingIsAProblem() throws IOException {
        byte[] bytes = HandMadeArchive.bytes(Ending.UNINDEXED, fragments);
        int whole = sizeWithout(fragments.subList(0, 5));
        files.write(Ending.UNINDEXED, fragments, Arrays.copyOf(bytes, whole + 99));
        assertThat(verify().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.offset()).isEqualTo(whole))
                .extracting(Problem::what)
                .isEqualTo("99 bytes follow the last whole box");
    }

    @Test
    void garbageAfterTheLastFragmentIsAProblemEvenInAnOpenRecording() throws IOException {
        byte[] bytes = HandMadeArchive.bytes(Ending.OPEN, fragments);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 5000);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
        files.write(Ending.OPEN, fragments, longer);
        assertThat(verify().problems())
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("5000 bytes follow that are no beginning of a fragment");
    }

    @Test
    void whatIsHeldTwiceIsToldInBytes() throws IOException {
        files.add(Ending.INDEXED, fragments);
        assertThat(verify().hiddenBytes()).isZero();
        List<Fragment> again = fragments.subList(2, 4);
        files.add(Ending.UNINDEXED, again);
        CameraVerification result = verify();
        assertThat(result.problems()).isEmpty();
        assertThat(result.hiddenBytes())
                .isEqualTo(again.stream().mapToLong(FragmentEncoder::sizeBytes).sum());
    }

    @Test
    void copiesThatDifferAreAProblem() throws IOException {
        files.add(Ending.INDEXED, fragments);
        List<Fragment> other = new ArrayList<>(fragments.subList(2, 4));
        FragmentHeader header = other.get(1).header();
        other.set(1, other.get(1).withHeader(withDigest(header, new Digest(1, 2))));
        files.add(Ending.OPEN, other);
        assertThat(verify().problems())
                .extracting(Problem::what)
                .anySatisfy(
                        what ->
                                assertThat(what)
                                        .contains("fragment 3 of run", "differs from its copy in"));
    }

    @Test
    void partsOfAReplicasRunFilledTwiceAtOtherTimesAreNoProblem() throws IOException {
        files.add(Ending.INDEXED, fills(fragments.subList(0, 2), 0));
        files.add(Ending.INDEXED, fills(fragments.subList(1, 4), 100));
        files.add(Ending.UNINDEXED, fills(fragments.subList(2, 3), -700));
        files.add(Ending.OPEN, fills(fragments.subList(5, 6), -90_000 + 100));

        CameraVerification result = verify();

        assertThat(result.problems()).isEmpty();
        assertThat(result.gaps()).isEmpty();
        assertThat(result.frames(Origin.REPLICA)).isEqualTo(125);
        assertThat(result.spans(Origin.REPLICA)).isEqualTo(1);
    }

    @Test
    void aReplicasRunInTheWrongOrderIsAProblem() throws IOException {
        files.add(Ending.INDEXED, fills(fragments.subList(2, 3), 0));
        files.add(Ending.INDEXED, fills(fragments.subList(1, 2), 2 * 90_000));
        assertThat(verify().problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("fragment 2 of run", "not after fragment 1");
    }

    @Test
    void aPrimarysCopyAtAnotherTimeIsAProblem() throws IOException {
        files.add(Ending.INDEXED, fragments.subList(0, 2));
        Fragment copy = fragments.get(1);
        FragmentHeader header = copy.header();
        files.add(
                Ending.OPEN,
                List.of(copy.withHeader(header.withStart(header.start().plusTicks(100)))));
        assertThat(verify().problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("differs from its copy");
    }

    /** As a replica's, that much later. */
    private static List<Fragment> fills(List<Fragment> some, long ticks) {
        List<Fragment> fills = new ArrayList<>();
        for (Fragment fragment : some) {
            FragmentHeader h = fragment.header();
            fills.add(
                    fragment.withHeader(
                            h.placed(
                                    h.start().plusTicks(ticks),
                                    h.durationTicks90k(),
                                    Optional.empty(),
                                    Origin.REPLICA,
                                    false)));
        }
        return fills;
    }

    @Test
    void anIndexThatHidesAFragmentIsFound() throws IOException {
        byte[] all = HandMadeArchive.bytes(Ending.UNINDEXED, fragments);
        byte[] fewer = HandMadeArchive.bytes(Ending.INDEXED, fragments.subList(0, 5));
        int end = sizeWithout(fragments.subList(0, 5));
        byte[] joined = Arrays.copyOf(all, all.length + fewer.length - end);
        System.arraycopy(fewer, end, joined, all.length, fewer.length - end);
        files.write(Ending.INDEXED, fragments, joined);
        assertThat(verify().problems())
                .extracting(Problem::what)
                .contains("box 'moof' belongs to no fragment of the index");
    }

    @Test
    void aRangeIsVerifiedAlone() throws IOException {
        byte[] bytes = HandMadeArchive.bytes(Ending.INDEXED, fragments);
        bytes[Marks.pictureByteBefore(bytes, bytes.length)] ^= 1;
        files.write(Ending.INDEXED, fragments, bytes);
        Optional<Instant> from = Optional.of(START.toInstant());
        Optional<Instant> to = Optional.of(START.plusTicks(3 * 90_000).toInstant());
        VerifyReport report = reader().verify(List.of(CAMERA), from, to, ReadProgress.NONE);
        assertThat(report.whole()).isTrue();
        assertThat(report.cameras().get(0).fragments()).isEqualTo(3);
    }

    @Test
    void progressReachesTheEnd() throws IOException {
        Path file = Path.of(files.add(Ending.INDEXED, fragments).toUri().getPath());
        List<Long> done = new ArrayList<>();
        reader().verify(
                        List.of(CAMERA),
                        Optional.empty(),
                        Optional.empty(),
                        (camera, doneBytes, totalBytes) -> done.add(doneBytes));
        assertThat(done).isSorted().last().isEqualTo(file.toFile().length());
    }

    private CameraVerification verify() throws IOException {
        return reader().verify(
                        List.of(CAMERA), Optional.empty(), Optional.empty(), ReadProgress.NONE)
                .cameras()
                .get(0);
    }

    private ArchiveReader reader() {
        return new ArchiveReader(
                archive, InstantSource.fixed(Instant.parse("2026-11-22T10:01:00Z")));
    }

    private static FragmentHeader withDigest(FragmentHeader h, Digest digest) {
        return new FragmentHeader(
                h.camera(),
                h.run(),
                h.sequence(),
                h.start(),
                h.durationTicks90k(),
                h.videoFrames(),
                h.audioFrames(),
                digest,
                h.startsWithKeyFrame(),
                h.damaged(),
                h.gapBefore(),
                h.origin());
    }

    private int sizeWithout(List<Fragment> some) {
        return HandMadeArchive.bytes(Ending.UNINDEXED, some).length;
    }
}

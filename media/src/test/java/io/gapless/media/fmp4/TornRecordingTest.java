package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import io.gapless.media.testing.CountingByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a crash, or somebody else, leaves behind. */
final class TornRecordingTest {
    private final List<Integer> boundaries = new ArrayList<>(List.of(0, 32));

    @Test
    void cutAnywhereItReadsUpToTheLastWholeFragment() throws IOException {
        RecordingFile file = recording(4);
        byte[] bytes = file.bytes();
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertReadsUpTo(file, cut, Recording.read(new CountingByteSource(bytes, cut)));
        }
    }

    @Test
    void aTornTrailerLosesNothing() throws IOException {
        RecordingFile file = recording(2);
        int end = file.size();
        file.finish();
        byte[] bytes = file.bytes();
        for (int cut = end; cut < bytes.length; cut++) {
            Recording read = Recording.read(new CountingByteSource(bytes, cut));
            assertThat(read.indexed()).isFalse();
            assertThat(read.fragments()).isEqualTo(file.fragments);
            assertThat(read.completeBytes()).isBetween((long) end, (long) cut);
        }
    }

    @Test
    void aTailOfZerosIsCutOff() throws IOException {
        RecordingFile file = recording(2);
        byte[] bytes = Arrays.copyOf(file.bytes(), file.size() + 5000);

        Recording read = Recording.read(new CountingByteSource(bytes));
        assertThat(read.fragments()).isEqualTo(file.fragments);
        assertThat(read.completeBytes()).isEqualTo(file.size());
    }

    @Test
    void damagedBytesNeverThrowNorHang() throws IOException {
        RecordingFile file = recording(3);
        file.finish();
        byte[] whole = file.bytes();
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            int places = 1 + random.nextInt(8);
            for (int place = 0; place < places; place++) {
                int at = random.nextBoolean() ? random.nextInt(bytes.length) : box(random, file);
                bytes[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            CountingByteSource source = new CountingByteSource(bytes);
            Recording read = Recording.read(source);
            assertThat(read.completeBytes()).isLessThanOrEqualTo(bytes.length);
            assertThat(source.bytesRead()).isLessThan(3L * bytes.length);
            readFragments(source, read);
        }
    }

    @Test
    void noiseIsNoRecording() throws IOException {
        Random random = new Random(5);
        byte[] noise = new byte[4096];
        for (int i = 0; i < 1000; i++) {
            random.nextBytes(noise);
            assertThat(Recording.read(new CountingByteSource(noise)).fragments()).isEmpty();
        }
    }

    @Test
    void boxesOfANewerVersionArePassedOver() throws IOException {
        RecordingFile file = recording(3);
        byte[] bytes = file.bytes();
        int second = (int) file.fragments.get(1).offset();
        bytes[second + 24] = 99;

        Recording read = Recording.read(new CountingByteSource(bytes));
        assertThat(read.fragments()).containsExactly(file.fragments.get(0), file.fragments.get(2));
        assertThat(read.completeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void manyEmptyBoxesEnd() throws IOException {
        byte[] bytes = new byte[32 << 20];
        for (int i = 3; i < bytes.length; i += 8) {
            bytes[i] = 8;
        }
        CountingByteSource source = new CountingByteSource(bytes);
        Recording.read(source);
        assertThat(source.bytesRead()).isLessThan(8 << 20);
    }

    private static void readFragments(CountingByteSource source, Recording read) {
        for (StoredFragment fragment : read.fragments()) {
            try {
                FragmentContents contents = StoredFragmentReader.read(source, fragment);
                assertThat(contents.videoDataOffset()).isPositive();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("is damaged");
            }
        }
    }

    private static int box(Random random, RecordingFile file) {
        StoredFragment fragment = file.fragments.get(random.nextInt(file.fragments.size()));
        return (int) fragment.offset() + random.nextInt(400);
    }

    private void assertReadsUpTo(RecordingFile file, int cut, Recording read) {
        assertThat(read.fragments())
                .isEqualTo(file.fragments.stream().filter(f -> f.endOffset() <= cut).toList());
        int boundary = boundaries.stream().filter(b -> b <= cut).reduce(0, Math::max);
        assertThat(read.completeBytes()).as("cut at %d", cut).isEqualTo(boundary);
        assertThat(read.indexed()).isFalse();
        if (cut == file.size()) {
            assertThat(read.interruptions()).isEqualTo(file.interruptions);
        }
    }

    private RecordingFile recording(int seconds) {
        RecordingFile file = new RecordingFile(Samples.configuration(), Samples.START);
        boundaries.add(file.size());
        for (int i = 0; i < seconds; i++) {
            Fragment fragment = Samples.second(i, 20);
            file.append(fragment);
            fragment.release();
            boundaries.add(file.size());
            if (i == 1) {
                file.append(Samples.INTERRUPTION);
                boundaries.add(file.size());
            }
        }
        return file;
    }
}

package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import io.gapless.media.MediaTime;
import io.gapless.media.testing.CountingByteSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reading an hour of a camera costs: 1,800 fragments of 2 s. */
final class RecordingReadsTest {
    private static final int FRAGMENTS = 1800;
    private static final int PICTURE_BYTES = 500;

    @Test
    void aGrowingRecordingTakesOneSmallReadForEachFragmentAndNoVideo() throws IOException {
        RecordingFile file = hour();
        CountingByteSource source = new CountingByteSource(file.bytes());

        Recording read = Recording.read(source);

        assertThat(read.indexed()).isFalse();
        assertThat(read.fragments()).isEqualTo(file.fragments);
        assertThat(read.configurations()).containsExactly(Samples.configuration());
        assertThat(read.completeBytes()).isEqualTo(file.size());
        assertThat(source.reads()).hasSizeLessThanOrEqualTo(FRAGMENTS + 4);
        assertThat(source.bytesRead()).isLessThan(FRAGMENTS * 196 + 2048);
        List<CountingByteSource.Read> walk = source.reads().subList(1, source.reads().size());
        assertThat(walk).noneMatch(r -> touchesVideo(r, file));
        // the first read looks for a trailer
        assertThat(source.reads().get(0).length()).isEqualTo(52);
    }

    @Test
    void aFinishedRecordingTakesTwoReads() throws IOException {
        RecordingFile file = hour();
        file.append(Samples.INTERRUPTION);
        int video = file.size();
        file.finish();
        CountingByteSource source = new CountingByteSource(file.bytes());

        Recording read = Recording.read(source);

        assertThat(read)
                .isEqualTo(
                        new Recording(
                                List.of(Samples.configuration()),
                                file.fragments,
                                List.of(Samples.INTERRUPTION),
                                file.size(),
                                true));
        assertThat(source.reads()).hasSize(2).allMatch(r -> r.position() >= video);
        assertThat(source.bytesRead()).isLessThan(FRAGMENTS * 88 + 2048);
    }

    @Test
    void aFragmentsTablesTakeOneReadAndNoVideo() throws IOException {
        RecordingFile file = hour();
        CountingByteSource source = new CountingByteSource(file.bytes());
        StoredFragment last = file.fragments.get(FRAGMENTS - 1);

        FragmentContents contents = StoredFragmentReader.read(source, last);

        assertThat(source.reads()).hasSize(1).noneMatch(r -> touchesVideo(r, file));
        assertThat(contents.header()).isEqualTo(last.header());
        assertThat(contents.videoDataBytes()).isEqualTo(25 * PICTURE_BYTES);
        assertThat(contents.presentationTimes()).hasSize(25);
        assertThat(contents.presentationTimes()[24])
                .isEqualTo(last.header().start().plusTicks(24 * 3600));
        MediaTime audioStart = last.header().start().plusTicks(77);
        assertThat(contents.audio())
                .hasValueSatisfying(a -> assertThat(a.start()).isEqualTo(audioStart))
                .hasValueSatisfying(a -> assertThat(a.samples().size()).isEqualTo(50))
                .hasValueSatisfying(
                        a -> assertThat(a.dataOffset()).isEqualTo(last.endOffset() - 50 * 160));
    }

    private static boolean touchesVideo(CountingByteSource.Read read, RecordingFile file) {
        int bytes = FragmentEncoder.headerBytes(Samples.header(0, Samples.START));
        return file.fragments.stream()
                .anyMatch(
                        f ->
                                read.position() < f.endOffset()
                                        && read.position() + read.length() > f.offset() + bytes);
    }

    private static RecordingFile hour() {
        RecordingFile file = new RecordingFile(Samples.configuration(), Samples.START);
        for (int i = 0; i < FRAGMENTS; i++) {
            Fragment fragment = Samples.second(i, PICTURE_BYTES);
            file.append(fragment);
            assertThat(FragmentEncoder.sizeBytes(fragment))
                    .isEqualTo(file.fragments.get(i).sizeBytes());
            fragment.release();
        }
        return file;
    }
}

package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import io.gapless.media.MediaTime;
import io.gapless.media.testing.CountingByteSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recordings of which some fragments have metadata, in the index and without one. */
class MetadataTrackTest {
    private static final List<Fragment> FRAGMENTS =
            List.of(
                    Samples.secondWithMetadata(0, 20),
                    withoutDocuments(Samples.secondWithMetadata(1, 20)),
                    Samples.secondWithMetadata(2, 20));

    private static Fragment withoutDocuments(Fragment fragment) {
        return new Fragment(
                fragment.header().withMetadataFrames(0),
                fragment.configuration(),
                fragment.video(),
                fragment.videoData(),
                fragment.audio());
    }

    private static RecordingFile recording() {
        return RecordingFile.of(FRAGMENTS);
    }

    @Test
    void isReadBoxByBox() throws Exception {
        assertReads(recording(), false);
    }

    @Test
    void isReadByItsIndex() throws Exception {
        RecordingFile finished = recording();
        finished.finish();
        assertReads(finished, true);
    }

    private static void assertReads(RecordingFile file, boolean indexed) throws Exception {
        Recording read = Recording.read(new CountingByteSource(file.bytes()));
        assertThat(read.indexed()).isEqualTo(indexed);
        assertThat(read.configurations()).containsExactly(Samples.configurationWithMetadata());
        assertThat(read.fragments().stream().map(StoredFragment::header))
                .containsExactlyElementsOf(FRAGMENTS.stream().map(Fragment::header).toList());
    }

    /** Times of day come from decoding times, wherever in the recording the fragment stands. */
    @Test
    void documentsHaveTheirTimesAndPlaces() throws Exception {
        RecordingFile file = recording();
        CountingByteSource source = new CountingByteSource(file.bytes());
        StoredFragment last = Recording.read(source).fragments().get(2);
        FragmentContents contents = StoredFragmentReader.read(source, last);
        MediaTime start = last.header().start().plusTicks(55);
        assertThat(contents.metadata())
                .hasValueSatisfying(m -> assertThat(m.start()).isEqualTo(start))
                .hasValueSatisfying(m -> assertThat(m.samples().size()).isEqualTo(5))
                .hasValueSatisfying(
                        m -> assertThat(m.dataOffset()).isEqualTo(last.endOffset() - 5 * 30));
        assertThat(contents.audio())
                .hasValueSatisfying(
                        a ->
                                assertThat(a.dataOffset())
                                        .isEqualTo(last.endOffset() - 5 * 30 - 50 * 160));
    }

    /** Who knows version 1 alone passes over what it cannot read, and reads the rest. */
    @Test
    void onlyFragmentsWithMetadataAreOfVersion2() throws Exception {
        RecordingFile file = recording();
        CountingByteSource source = new CountingByteSource(file.bytes());
        assertThat(Recording.read(source).fragments().stream().map(f -> version(file, f)))
                .containsExactly(2, 1, 2);
    }

    private static int version(RecordingFile file, StoredFragment fragment) {
        return file.bytes()[(int) fragment.offset() + 24];
    }
}

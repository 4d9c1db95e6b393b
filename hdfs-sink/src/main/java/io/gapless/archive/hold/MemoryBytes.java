package io.gapless.archive.hold;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.FragmentEncoder.SideSamples;
import io.gapless.media.fmp4.Tracks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A fragment in memory under a header that may differ from its own. */
record MemoryBytes(Fragment fragment, FragmentHeader header) implements FragmentBytes {
    @Override
    public ByteBuffer boxes(MediaTime recordingStart, int moofSequence) {
        return FragmentEncoder.header(
                header,
                fragment.video(),
                fragment.audio().map(SideSamples::of),
                fragment.metadata().map(SideSamples::of),
                Tracks.of(fragment.configuration()),
                recordingStart,
                moofSequence);
    }

    List<ByteBuffer> views() {
        return fragment.views();
    }

    @Override
    public void copyTo(ByteSink out) throws IOException {
        for (ByteBuffer view : views()) {
            out.write(view);
        }
    }

    /** The memory belongs to who holds the fragment. */
    @Override
    public void close() {}
}

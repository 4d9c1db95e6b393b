package io.gapless.archive.hold;

import io.gapless.media.FragmentHeader;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A spilt fragment: a recording of it alone, in the archive's format, so that the file says by
 * itself what it is.
 *
 * @param disk that keeps it
 * @param initialBytes before the fragment
 * @param sizeBytes of the file
 * @param videoBytes of it, which is what counts
 */
record SpillFile(SpillDisk disk, Path path, int initialBytes, long sizeBytes, long videoBytes) {
    /** What is to be written for a fragment. */
    static List<ByteBuffer> contents(MemoryBytes fragment) {
        List<ByteBuffer> contents = new ArrayList<>();
        StreamConfiguration configuration = fragment.fragment().configuration();
        contents.add(ByteBuffer.wrap(InitializationSegment.encode(List.of(configuration))));
        contents.add(fragment.boxes(fragment.header().start(), 1));
        contents.addAll(fragment.views());
        return contents;
    }

    /** Where the fragment stands in the file. */
    StoredFragment stored(FragmentHeader header) {
        return new StoredFragment(header, initialBytes, sizeBytes - initialBytes);
    }
}

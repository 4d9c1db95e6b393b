package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import java.io.IOException;

/** Reads the sample tables of one fragment of a recording. */
@SuppressWarnings("DoNotCallSuggester")
public final class StoredFragmentReader {
    private StoredFragmentReader() {}

    /**
     * Reads {@code uuid}, {@code prft} and {@code moof}, in two reads, but no video.
     *
     * @throws IOException if reading fails, or if no intact fragment stands there
     */
    public static FragmentContents read(ByteSource source, StoredFragment fragment)
            throws IOException {
        throw new UnsupportedOperationException(source + " " + fragment);
    }
}

package io.gapless.media.fmp4;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;

/**
 * A fragment as it stands in a recording.
 *
 * @param offset of the first byte of its {@code uuid} box in the recording
 * @param sizeBytes from there to the end of its {@code mdat}
 */
public record StoredFragment(FragmentHeader header, long offset, long sizeBytes) {
    public StoredFragment {
        requireNonNull(header, "header is null");
        if (offset < 0 || sizeBytes < 1) {
            throw new IllegalArgumentException(
                    "fragment at %d of %d bytes".formatted(offset, sizeBytes));
        }
    }

    public long endOffset() {
        return offset + sizeBytes;
    }
}

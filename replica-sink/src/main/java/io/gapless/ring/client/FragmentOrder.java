package io.gapless.ring.client;

import io.gapless.media.FragmentHeader;
import java.util.Comparator;

/** The order of a listing: by start, run (as text), sequence. */
final class FragmentOrder {
    static final Comparator<FragmentHeader> OF_HEADERS =
            Comparator.comparing(FragmentHeader::start)
                    .thenComparing(h -> h.run().toString())
                    .thenComparingLong(FragmentHeader::sequence);

    private FragmentOrder() {}
}

package io.gapless.backfill;

import io.gapless.media.FragmentHeader;
import io.gapless.media.RunId;

/** What makes a fragment the same wherever it is stored. */
record FragmentIdentity(RunId run, long sequence) {
    static FragmentIdentity of(FragmentHeader header) {
        return new FragmentIdentity(header.run(), header.sequence());
    }
}

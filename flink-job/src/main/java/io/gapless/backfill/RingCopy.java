package io.gapless.backfill;

import io.gapless.ring.client.RingFragment;

/** A fragment and a ring that says it holds it. */
record RingCopy(Ring ring, RingFragment fragment) {}

package io.gapless.backfill;

import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.fmp4.FragmentDigest;
import io.gapless.media.stitch.Offer;
import io.gapless.media.stitch.PartDigests;
import io.gapless.ring.client.Throttle;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Digests of the beginnings of fragments that rings hold, got by fetching them. What no ring gives
 * is empty: the plan is then made without. For any thread.
 */
final class FetchedPartDigests implements PartDigests<RingCopy> {
    private final Rings rings;
    private final MediaMemory memory;
    private final MemoryGate gate;
    private final Throttle throttle;

    FetchedPartDigests(Rings rings, MediaMemory memory, MemoryGate gate, Throttle throttle) {
        this.rings = rings;
        this.memory = memory;
        this.gate = gate;
        this.throttle = throttle;
    }

    @Override
    public Optional<Digest> first(Offer<RingCopy> offer, int accessUnits) throws IOException {
        long bytes = offer.source().fragment().sizeBytes();
        if (!gate.canEverTake(bytes)) {
            return Optional.empty();
        }
        try {
            gate.enter(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backfill ends");
        }
        try {
            Fragment fragment = rings.fetch(offer.source(), memory, throttle);
            try {
                return Optional.of(digest(fragment, accessUnits));
            } finally {
                fragment.release();
            }
        } catch (RingFailure e) {
            return Optional.empty();
        } finally {
            gate.leave(bytes);
        }
    }

    private static Digest digest(Fragment fragment, int accessUnits) {
        FragmentDigest digest = new FragmentDigest();
        int[] sizes = fragment.video().sizesBytes();
        long at = 0;
        for (int i = 0; i < Math.min(accessUnits, sizes.length); i++) {
            digest.accessUnits(
                    fragment.configuration().video().codec(), whole(fragment, at, sizes[i]));
            at += sizes[i];
        }
        return digest.value();
    }

    /** An access unit in one piece, though it may lie in several chunks. */
    private static ByteBuffer whole(Fragment fragment, long position, int size) {
        ByteBuffer accessUnit = ByteBuffer.allocate(size);
        fragment.videoData().views(position, size).forEach(accessUnit::put);
        return accessUnit.flip();
    }
}

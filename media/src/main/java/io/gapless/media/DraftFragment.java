package io.gapless.media;

import io.gapless.media.codec.NalUnits;
import io.gapless.media.fmp4.FragmentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fragment that still grows, or whose end is not known yet. */
final class DraftFragment {
    private final StreamConfiguration configuration;
    private final List<Frame> frames = new ArrayList<>();
    private final FragmentDigest digest = new FragmentDigest();
    private Optional<GapCause> gapBefore;
    private Optional<GapCause> loss;
    private boolean dropped;
    private boolean digestOutdated;
    private long sizeBytes;
    private long vclBytes;
    private long firstShown = Long.MAX_VALUE;
    private long lastShown = Long.MIN_VALUE;

    /**
     * @param loss why its group of pictures lacks access units, if it does
     */
    DraftFragment(
            StreamConfiguration configuration,
            Optional<GapCause> gapBefore,
            Optional<GapCause> loss) {
        this.configuration = configuration;
        this.gapBefore = gapBefore;
        this.loss = loss;
    }

    /** Frames [from, to) of this draft, which is then spent. */
    DraftFragment part(int from, int to, Optional<GapCause> newGapBefore) {
        DraftFragment part = new DraftFragment(configuration, newGapBefore, loss);
        frames.subList(from, to).forEach(part::add);
        part.digestOutdated = true;
        return part;
    }

    /** To be fed with each access unit before {@link #add}. */
    FragmentDigest digest() {
        return digest;
    }

    void add(Frame frame) {
        frames.add(frame);
        count(frame, 1);
        include(frame);
    }

    private void count(Frame frame, int sign) {
        sizeBytes += (long) sign * frame.sizeBytes();
        vclBytes += (long) sign * frame.vclBytes();
    }

    private void include(Frame frame) {
        firstShown = Math.min(firstShown, frame.presentationTicks90k());
        lastShown = Math.max(lastShown, frame.presentationTicks90k());
    }

    /** Appends all frames of {@code next}, which is then spent. */
    void merge(DraftFragment next) {
        next.frames.forEach(this::add);
        loss = loss.or(next::loss);
        digestOutdated = true;
    }

    /**
     * Gives those frames at the end, in decoding order, to {@code next} without which its frames
     * would not all be presented after the ones of this draft.
     */
    void giveUnseparableTo(DraftFragment next) {
        int keep = frames.size();
        while (keep > 0 && latestOf(keep) >= next.firstShown) {
            keep--;
            next.firstShown = Math.min(next.firstShown, frames.get(keep).presentationTicks90k());
        }
        List<Frame> moved = frames.subList(keep, frames.size());
        moved.forEach(frame -> count(frame, -1));
        moved.forEach(frame -> next.count(frame, 1));
        moved.forEach(next::include);
        next.frames.addAll(0, moved);
        moved.clear();
        lastShown = latestOf(keep);
        digestOutdated = true;
        next.digestOutdated = true;
    }

    private long latestOf(int count) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            latest = Math.max(latest, frames.get(i).presentationTicks90k());
        }
        return latest;
    }

    void shift(long ticks90k) {
        frames.replaceAll(frame -> frame.shiftedBy(ticks90k));
        firstShown += ticks90k;
        lastShown += ticks90k;
    }

    /** The earlier cause stands. */
    void markDamaged(GapCause cause) {
        loss = loss.or(() -> Optional.of(cause));
    }

    /** Its frames are not to be emitted. */
    void drop() {
        dropped = true;
    }

    boolean dropped() {
        return dropped;
    }

    /** The earlier cause stands. */
    void declareGapBefore(GapCause cause) {
        if (gapBefore.isEmpty()) {
            gapBefore = Optional.of(cause);
        }
    }

    void inheritGapBefore(DraftFragment vanished) {
        gapBefore = vanished.gapBefore.or(() -> gapBefore);
    }

    boolean hasReached(FragmentLimits limits) {
        return frames.size() >= limits.accessUnits() || vclBytes >= limits.videoBytes();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    boolean startsWithKeyFrame() {
        return frames.get(0).key();
    }

    boolean followsGap() {
        return gapBefore.isPresent();
    }

    /** Earliest presentation time, in ticks of 1/90000 s. */
    long firstShown() {
        return firstShown;
    }

    /** Latest presentation time, in ticks of 1/90000 s. */
    long lastShown() {
        return lastShown;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    StreamConfiguration configuration() {
        return configuration;
    }

    Optional<GapCause> gapBefore() {
        return gapBefore;
    }

    boolean damaged() {
        return loss.isPresent();
    }

    Optional<GapCause> loss() {
        return loss;
    }

    List<Frame> frames() {
        return frames;
    }

    /**
     * @param data the access units of this draft as stored
     */
    Digest digestOf(MediaBuffer data) {
        if (digestOutdated) {
            digest.reset();
            digestAgain(data);
        }
        return digest.value();
    }

    private void digestAgain(MediaBuffer data) {
        if (!configuration.video().codec().hasNalUnits()) {
            digest.bytes(data, 0, data.sizeBytes());
            return;
        }
        long at = 0;
        while (at < data.sizeBytes()) {
            int length = data.getInt(at);
            at += Integer.BYTES;
            if (NalUnits.isVcl(configuration.video().codec(), data.get(at))) {
                digest.nalUnit(data, at, length);
            }
            at += length;
        }
    }
}

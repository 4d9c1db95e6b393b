package io.gapless.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The drafts of a run in decoding order. Their frames are not yet emitted because it is not yet
 * known where the last ends, or, where pictures are reordered, where the others do.
 */
final class DraftQueue {
    private final List<DraftFragment> drafts = new ArrayList<>();

    boolean isEmpty() {
        return drafts.isEmpty();
    }

    int size() {
        return drafts.size();
    }

    void add(DraftFragment draft) {
        drafts.add(draft);
    }

    DraftFragment first() {
        return drafts.get(0);
    }

    /** The first whose frames are to be emitted. */
    Optional<DraftFragment> firstKept() {
        return drafts.stream().filter(draft -> !draft.dropped()).findFirst();
    }

    DraftFragment last() {
        return drafts.get(drafts.size() - 1);
    }

    DraftFragment removeFirst() {
        return drafts.remove(0);
    }

    void shift(long ticks90k) {
        drafts.forEach(draft -> draft.shift(ticks90k));
    }

    /**
     * Moves the cuts whose two sides interleave in presentation. A cut at a key frame stays; one
     * made by a loss moves back in decoding order to where it separates; one made at a limit is
     * taken back, to be made at the next chance.
     */
    void separate() {
        for (int i = drafts.size() - 1; i > 0; i--) {
            if (interleave(i)) {
                moveCut(i);
                i = drafts.size(); // frames moved on may interleave with what comes later
            }
        }
    }

    private boolean interleave(int index) {
        DraftFragment after = drafts.get(index);
        return drafts.get(index - 1).lastShown() >= after.firstShown()
                && !after.startsWithKeyFrame();
    }

    private void moveCut(int index) {
        DraftFragment before = drafts.get(index - 1);
        DraftFragment after = drafts.get(index);
        if (!after.followsGap()) {
            before.merge(after);
            drafts.remove(index);
            return;
        }
        before.giveUnseparableTo(after);
        if (before.isEmpty()) {
            after.inheritGapBefore(before);
            after.gapBefore().ifPresent(after::markDamaged);
            drafts.remove(index - 1);
        }
    }

    /**
     * Cuts the damaged ones where a picture may be missing, and declares it. To be called when they
     * are separate and about to be emitted.
     *
     * @param longest ticks from a frame to the next when none is missing between them
     * @param count how many from the first
     */
    void splitAtHoles(long longest, int count) {
        for (int i = 1; i < drafts.size(); i++) {
            declareHole(drafts.get(i - 1), drafts.get(i), longest);
        }
        List<DraftFragment> whole = List.copyOf(drafts.subList(0, count));
        drafts.subList(0, count).clear();
        List<DraftFragment> pieces = new ArrayList<>();
        whole.forEach(draft -> pieces.addAll(LossSplit.pieces(draft, longest)));
        drafts.addAll(0, pieces);
    }

    private static void declareHole(DraftFragment before, DraftFragment after, long longest) {
        if (after.firstShown() - before.lastShown() > longest) {
            before.loss().or(after::loss).ifPresent(after::declareGapBefore);
        }
    }

    /**
     * Drops the frames at the end that interleave, if pictures that should be shown among them, or
     * before them, will not come any more. Not after a loss, which may be why they are missing, and
     * whose holes are declared.
     */
    void dropUnfinished(long longest) {
        if (last().damaged()) {
            return;
        }
        List<Frame> frames = last().frames();
        List<LossSplit.Block> blocks = LossSplit.Block.of(frames);
        LossSplit.Block end = blocks.get(blocks.size() - 1);
        if (end.hasHole(frames, longest) || follows(end, longest)) {
            DraftFragment unfinished = last().part(end.from(), end.to(), Optional.empty());
            unfinished.drop();
            drafts.set(drafts.size() - 1, last().part(0, end.from(), last().gapBefore()));
            if (last().isEmpty()) {
                drafts.remove(drafts.size() - 1);
            }
            drafts.add(unfinished);
        }
    }

    /** Whether the block follows a hole. */
    private boolean follows(LossSplit.Block end, long longest) {
        List<Frame> before = new ArrayList<>();
        drafts.forEach(draft -> before.addAll(draft.frames()));
        int at = before.size() - (end.to() - end.from());
        long start = end.times(last().frames())[0];
        return at > 0
                && before.subList(0, at).stream()
                                .mapToLong(Frame::presentationTicks90k)
                                .max()
                                .getAsLong()
                        < start - longest;
    }

    /** As far as what is queued can tell. */
    Optional<Long> shortestStep() {
        List<Frame> frames = new ArrayList<>();
        drafts.forEach(draft -> frames.addAll(draft.frames()));
        return LossSplit.shortestStep(frames);
    }
}

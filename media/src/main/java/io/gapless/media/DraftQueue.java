package io.gapless.media;

import java.util.ArrayList;
import java.util.List;

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
            after.markDamaged();
            drafts.remove(index - 1);
        }
    }
}

package io.gapless.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cuts a damaged draft where a lost picture may have been shown, so that it lies between fragments
 * and not inside one.
 *
 * <p>Without reordering a loss is where packets are missing. With it, a picture sent late may have
 * been due between pictures that came before, so the cut in decoding order does not show where.
 * What shows it is the space it leaves in presentation. There the draft is cut where that can be
 * done in both orders at once. Where it cannot, inside a group of pictures that interleave, only
 * the one shown last is kept, which those that follow are predicted from; the others are {@link
 * DraftFragment#dropped}, and the time they were shown in becomes a part of the gap.
 */
final class LossSplit {
    /** Frames [from, to) in decoding order, shown after all before and before all behind them. */
    record Block(int from, int to) {
        /** The fewest frames such that cuts between the blocks are cuts in both orders. */
        static List<Block> of(List<Frame> frames) {
            long[] earliest = new long[frames.size() + 1];
            earliest[frames.size()] = Long.MAX_VALUE;
            for (int i = frames.size() - 1; i >= 0; i--) {
                earliest[i] = Math.min(earliest[i + 1], frames.get(i).presentationTicks90k());
            }
            List<Block> blocks = new ArrayList<>();
            int from = 0;
            long latest = Long.MIN_VALUE;
            for (int i = 0; i < frames.size(); i++) {
                latest = Math.max(latest, frames.get(i).presentationTicks90k());
                if (latest < earliest[i + 1]) {
                    blocks.add(new Block(from, i + 1));
                    from = i + 1;
                }
            }
            if (from < frames.size()) {
                blocks.add(new Block(from, frames.size()));
            }
            return blocks;
        }

        long[] times(List<Frame> frames) {
            return frames.subList(from, to).stream()
                    .mapToLong(Frame::presentationTicks90k)
                    .sorted()
                    .toArray();
        }

        boolean hasHole(List<Frame> frames, long longest) {
            long[] times = times(frames);
            for (int i = 1; i < times.length; i++) {
                if (times[i] - times[i - 1] > longest) {
                    return true;
                }
            }
            return false;
        }

        /** The frame shown last, by its position in decoding order. */
        int anchor(List<Frame> frames) {
            int anchor = from;
            for (int i = from + 1; i < to; i++) {
                if (frames.get(i).presentationTicks90k()
                        > frames.get(anchor).presentationTicks90k()) {
                    anchor = i;
                }
            }
            return anchor;
        }
    }

    private final DraftFragment draft;
    private final long longest;
    private final List<DraftFragment> pieces = new ArrayList<>();
    private int from;
    private Optional<GapCause> gapBefore;

    private LossSplit(DraftFragment draft, long longest) {
        this.draft = draft;
        this.longest = longest;
        this.gapBefore = draft.gapBefore();
    }

    /**
     * The draft itself if nothing is missing in it.
     *
     * @param longest ticks from a frame to the next when none is missing between them
     */
    static List<DraftFragment> pieces(DraftFragment draft, long longest) {
        if (!draft.damaged()) {
            return List.of(draft);
        }
        LossSplit split = new LossSplit(draft, longest);
        split.cut(Block.of(draft.frames()));
        return split.pieces.isEmpty() ? List.of(draft) : split.rest();
    }

    private void cut(List<Block> blocks) {
        long shown = Long.MAX_VALUE;
        for (Block block : blocks) {
            long[] times = block.times(draft.frames());
            if (block.hasHole(draft.frames(), longest)) {
                keepAnchorOf(block);
            } else if (shown < times[0] - longest) {
                closeAt(block.from());
                gapBefore = draft.loss();
            }
            shown = times[times.length - 1];
        }
    }

    private void keepAnchorOf(Block block) {
        closeAt(block.from());
        Optional<GapCause> gap = block.from() == 0 ? gapBefore.or(draft::loss) : draft.loss();
        int anchor = block.anchor(draft.frames());
        drop(block.from(), anchor);
        pieces.add(draft.part(anchor, anchor + 1, gap));
        drop(anchor + 1, block.to());
        from = block.to();
        gapBefore = Optional.empty();
    }

    private void closeAt(int to) {
        if (from < to) {
            pieces.add(draft.part(from, to, gapBefore));
            from = to;
        }
    }

    private void drop(int first, int end) {
        if (first < end) {
            DraftFragment part = draft.part(first, end, Optional.empty());
            part.drop();
            pieces.add(part);
        }
    }

    private List<DraftFragment> rest() {
        closeAt(draft.frames().size());
        return pieces;
    }

    /** The time from a frame to the next, at its shortest; empty if no two differ. */
    static Optional<Long> shortestStep(List<Frame> frames) {
        long[] times = frames.stream().mapToLong(Frame::presentationTicks90k).sorted().toArray();
        return IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .filter(step -> step > 0)
                .boxed()
                .min(Long::compare);
    }
}

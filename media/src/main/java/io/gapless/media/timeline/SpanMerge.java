package io.gapless.media.timeline;

import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Joins what is shown without a gap and comes from one kind of recorder. */
final class SpanMerge {
    private final TreeSet<MediaTime> gapStarts = new TreeSet<>();
    private final List<Span> spans = new ArrayList<>();

    SpanMerge(List<Gap> gaps) {
        gaps.forEach(gap -> gapStarts.add(gap.start()));
    }

    List<Span> spans() {
        return spans;
    }

    /** In order of time. */
    void add(MediaTime from, MediaTime to, long frames, Origin origin) {
        if (spans.isEmpty() || gapBetween(last().end(), from)) {
            spans.add(new Span(from, to, frames, origin));
        } else if (last().origin() == origin) {
            Span before = replaceLast();
            MediaTime end = MediaTime.max(before.end(), to);
            spans.add(new Span(before.start(), end, before.frames() + frames, origin));
        } else {
            Span before = replaceLast();
            spans.add(new Span(before.start(), from, before.frames(), before.origin()));
            spans.add(new Span(from, to, frames, origin));
        }
    }

    private boolean gapBetween(MediaTime end, MediaTime from) {
        MediaTime gap = gapStarts.ceiling(end);
        return gap != null && gap.isBefore(from);
    }

    private Span last() {
        return spans.get(spans.size() - 1);
    }

    private Span replaceLast() {
        return spans.remove(spans.size() - 1);
    }
}

package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Computes a timeline from what an archive holds, whoever wrote it. Stateless.
 *
 * <p>Each frame counts once. What is there twice counts once ({@link Deduplication}); where runs
 * overlap otherwise, each instant is shown by the best fragment that covers it ({@link Painting}):
 * a whole one before a damaged one, what a seam does not cut off, then the primary's before a
 * replica's, then the run that started earlier.
 *
 * @param <E> a fragment as the caller knows it
 */
public final class TimelineBuilder<E> {
    private final Function<E, FragmentHeader> header;
    private final PresentationTimes<E> presentationTimes;

    /**
     * @param presentationTimes asked only for fragments that are shown in part
     */
    public TimelineBuilder(
            Function<E, FragmentHeader> header, PresentationTimes<E> presentationTimes) {
        this.header = requireNonNull(header, "header is null");
        this.presentationTimes = requireNonNull(presentationTimes, "presentationTimes is null");
    }

    /** As the other, with nothing declared lost. */
    public TimelineReport<E> build(
            CameraId camera,
            TimeRange range,
            List<E> fragments,
            List<Interruption> interruptions,
            boolean earlierRecordings)
            throws IOException {
        return build(camera, range, fragments, interruptions, earlierRecordings, List.of());
    }

    /**
     * @param fragments of the camera, in any order; those outside the range are welcome, since they
     *     say where a gap that reaches into it begins
     * @param interruptions of the camera, in any order, likewise
     * @param earlierRecordings whether the archive holds video of the camera before the first of
     *     {@code fragments}: without any, nothing is missing before the first frame ever, unless an
     *     interruption says so
     * @param lost where what is missing is lost for good, in any order; it opens no gaps
     * @throws IOException if the presentation times of a fragment cannot be read
     */
    public TimelineReport<E> build(
            CameraId camera,
            TimeRange range,
            List<E> fragments,
            List<Interruption> interruptions,
            boolean earlierRecordings,
            List<TimeRange> lost)
            throws IOException {
        Deduplication<E> unique = new Deduplication<>(bestFirst(fragments));
        LostRanges lostRanges = new LostRanges(lost);
        GapSearch search =
                new GapSearch(
                        range,
                        unique.kept().stream().map(Candidate::header).toList(),
                        interruptions,
                        earlierRecordings,
                        lostRanges);
        SpanMerge spans = new SpanMerge(search.gaps());
        List<Selected<E>> shown = new ArrayList<>();
        List<MediaTime> seams = new ArrayList<>();
        long frames = 0;
        for (Piece<E> whole : new Painting<>(unique.kept()).pieces()) {
            Optional<Piece<E>> clipped = whole.within(range);
            if (clipped.isPresent()) {
                Selected<E> selected = select(clipped.get());
                shown.add(selected);
                frames += selected.frames();
                show(spans, clipped.get(), selected.frames());
                clipped.get().seam().ifPresent(seams::add);
            }
        }
        return new TimelineReport<>(
                new Timeline(camera, range, frames, spans.spans(), search.gaps(), seams),
                shown,
                search.undeclared(),
                unique.duplicates(),
                lostRanges.ranges());
    }

    private List<Candidate<E>> bestFirst(List<E> fragments) {
        Map<RunId, MediaTime> runStarts = new HashMap<>();
        for (E fragment : fragments) {
            FragmentHeader h = header.apply(fragment);
            runStarts.merge(h.run(), h.start(), MediaTime::min);
        }
        return fragments.stream()
                .map(f -> new Candidate<>(f, header.apply(f), runStarts.get(header.apply(f).run())))
                .sorted(Candidate.bestFirst())
                .toList();
    }

    private Selected<E> select(Piece<E> piece) throws IOException {
        E fragment = piece.candidate().fragment();
        TimeRange part = piece.frames();
        if (piece.showsAll()) {
            return new Selected<>(
                    fragment, piece.stretch(), part, piece.candidate().header().videoFrames());
        }
        long frames =
                Arrays.stream(presentationTimes.ticks90k(fragment))
                        .filter(time -> part.contains(new MediaTime(time)))
                        .count();
        return new Selected<>(fragment, piece.stretch(), part, frames);
    }

    private static void show(SpanMerge spans, Piece<?> piece, long frames) {
        spans.add(
                new MediaTime(piece.from()),
                new MediaTime(piece.to()),
                frames,
                piece.candidate().header().origin());
    }
}

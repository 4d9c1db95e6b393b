package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import java.io.IOException;
import java.util.List;

/**
 * Plans which of the offered fragments fill the holes of a camera's timeline.
 *
 * @param <R> how the caller fetches a fragment
 */
public final class Stitching<R> {
    private final StitchOptions options;
    private final PartDigests<R> partDigests;

    public Stitching(StitchOptions options, PartDigests<R> partDigests) {
        this.options = requireNonNull(options, "options is null");
        this.partDigests = requireNonNull(partDigests, "partDigests is null");
    }

    /**
     * @param primary what the timeline shows around the holes, earlier fills included, in any
     *     order: best a minute or more on either side
     * @param holes in order of time, without overlap
     * @param offers of all replicas over the same time, likewise around the holes, in any order;
     *     without those whose identity the archive holds but does not show
     * @throws IOException if a part digest cannot be had for now
     */
    public FillPlan<R> plan(List<FragmentHeader> primary, List<Hole> holes, List<Offer<R>> offers)
            throws IOException {
        requireNonNull(partDigests);
        requireNonNull(options);
        return new FillPlan<>(List.of(), holes.stream().map(Hole::range).toList());
    }
}

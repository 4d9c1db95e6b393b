package io.gapless.media.stitch;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans which of the offered fragments fill the holes of a camera's timeline. Pure but for the part
 * digests; for one thread at a time.
 *
 * @param <R> how the caller fetches a fragment
 */
public final class Stitching<R> {
    private record Identity(RunId run, long sequence) {
        static Identity of(FragmentHeader header) {
            return new Identity(header.run(), header.sequence());
        }
    }

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
        Map<Identity, Offer<R>> byIdentity = new HashMap<>();
        for (Offer<R> offer : offers) {
            byIdentity.merge(
                    Identity.of(offer.header()), offer, (a, b) -> a.header().damaged() ? b : a);
        }
        Cuts cuts = new Cuts();
        Map<RunId, String> replicas = new HashMap<>();
        offers.forEach(offer -> replicas.put(offer.header().run(), offer.replica()));
        List<Run> shown = Run.of(primary, run -> "", cuts);
        List<Run> offered =
                Run.of(
                        byIdentity.values().stream().map(Offer::header).toList(),
                        replicas::get,
                        cuts);
        long window = MediaTime.ticks(options.window());
        PrefixSearch prefixes =
                new PrefixSearch(
                        (header, accessUnits) ->
                                partDigests.first(byIdentity.get(Identity.of(header)), accessUnits),
                        options.partDigests());
        Repetition repetition = new Repetition(shown, offered, prefixes.digests());
        CutMatching matching = new CutMatching(cuts, shown, offered, window, repetition, prefixes);
        RunClocks clocks = matching.join();
        Sharing sharing = Sharing.of(shown, offered);
        Placement placement =
                new Placement(
                        shown,
                        ReplicaClocks.of(offered),
                        clocks,
                        sharing,
                        sharing == Sharing.PER_SESSION
                                ? Placement.Doubt.NONE
                                : new Placement.Doubt(matching.doubtful(), matching.lookalikes()),
                        mostMoved(sharing, repetition, offered));
        Cover cover = new Cover(primary, placement.placed());
        holes.forEach(cover::cover);
        return new FillPlan<>(
                cover.fills().stream()
                        .map(fill -> new Fill<>(byIdentity.get(Identity.of(fill)), fill))
                        .toList(),
                cover.unfilled());
    }

    /**
     * Pictures that are never alike are other pictures if they are not alike, wherever they lie.
     * Where it is not known whether they could be alike, what lies a frame off by clock may be that
     * frame once more.
     */
    private static long mostMoved(Sharing sharing, Repetition repetition, List<Run> offered) {
        return switch (sharing) {
            case SHARED -> repetition.isNever() ? PrimaryTimes.JUMP_TICKS90K : 0;
            case UNKNOWN -> offered.isEmpty() ? 0 : -offered.get(0).frame(0) / 2;
            case PER_SESSION -> 0;
        };
    }
}

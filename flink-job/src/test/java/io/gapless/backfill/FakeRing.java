package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.Throttle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ring in memory that fails as it is told. */
final class FakeRing implements Ring {
    private final String name;
    private final Gops video;
    private final Map<FragmentHeader, Long> held =
            new TreeMap<>(Comparator.comparing(FragmentHeader::start));
    final List<FragmentHeader> fetched = new ArrayList<>();
    Optional<RingFault> listFault = Optional.empty();
    Optional<RingFault> fetchFault = Optional.empty();
    boolean complete = true;
    int lists;

    FakeRing(String name, Gops video) {
        this.name = name;
        this.video = video;
    }

    void hold(FragmentHeader header, long second) {
        held.put(header, second);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RingListing list(CameraId camera, TimeRange range) throws RingFailure {
        lists++;
        fail(listFault);
        List<RingFragment> listed =
                held.keySet().stream()
                        .filter(header -> header.range().overlaps(range))
                        .map(header -> new RingFragment(header, 3000, Gops.configuration()))
                        .toList();
        Optional<MediaTime> oldest =
                held.keySet().stream().map(FragmentHeader::start).min(Comparator.naturalOrder());
        Optional<MediaTime> newest =
                held.keySet().stream().map(FragmentHeader::end).max(Comparator.naturalOrder());
        return new RingListing(oldest, newest, listed, List.of(), complete);
    }

    @Override
    public Fragment fetch(RingFragment listed, MediaMemory memory, Throttle throttle)
            throws RingFailure {
        fail(fetchFault);
        fetched.add(listed.header());
        return video.fragment(memory, listed.header(), held.get(listed.header()));
    }

    private void fail(Optional<RingFault> fault) throws RingFailure {
        if (fault.isPresent()) {
            throw new RingFailure(fault.get(), "ring " + name + " fails on purpose");
        }
    }

    @Override
    public void close() {}
}

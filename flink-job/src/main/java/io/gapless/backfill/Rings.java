package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Offer;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All rings together. One that refuses, lies or does not answer costs the others nothing. Blocks;
 * for any thread.
 */
final class Rings {
    private final Supplier<List<Ring>> rings;
    private final LongSupplier nanoTicker;
    private final Runnable onReturn;
    private final Distrust distrust;
    private final Map<String, RingHealth> healths = new ConcurrentHashMap<>();

    /**
     * @param rings to be asked at the moment
     * @param onReturn called when a ring answers again
     */
    Rings(Supplier<List<Ring>> rings, LongSupplier nanoTicker, Runnable onReturn) {
        this.rings = rings;
        this.nanoTicker = nanoTicker;
        this.onReturn = onReturn;
        this.distrust = new Distrust(nanoTicker);
    }

    /**
     * Asks all rings that are worth asking.
     *
     * @param excluded fragments that nobody wants
     */
    RingAnswers ask(CameraId camera, TimeRange range, Predicate<FragmentIdentity> excluded) {
        List<Offer<RingCopy>> offers = new ArrayList<>();
        List<TimeRange> distrusted = new ArrayList<>();
        List<Optional<MediaTime>> newest = new ArrayList<>();
        int silent = 0;
        for (Ring ring : rings.get()) {
            Optional<RingListing> listing = list(ring, camera, range);
            if (listing.isEmpty()) {
                silent++;
                continue;
            }
            if (!listing.get().complete()) {
                silent++; // what it cannot read now may be what is missing
            }
            newest.add(listing.get().newest());
            for (RingFragment fragment : listing.get().fragments()) {
                FragmentIdentity identity = FragmentIdentity.of(fragment.header());
                if (distrust.holds(ring.name(), identity)) {
                    distrusted.add(fragment.header().range());
                } else if (!excluded.test(identity)) {
                    offers.add(
                            new Offer<>(
                                    fragment.header(), ring.name(), new RingCopy(ring, fragment)));
                }
            }
        }
        return new RingAnswers(offers, distrusted, newest, silent);
    }

    private Optional<RingListing> list(Ring ring, CameraId camera, TimeRange range) {
        RingHealth health = health(ring);
        if (!health.mayBeAsked()) {
            return Optional.empty();
        }
        try {
            RingListing listing = ring.list(camera, range);
            answered(health);
            return Optional.of(listing);
        } catch (RingFailure e) {
            boolean lie = e.fault() == RingFault.LYING;
            health.failed(lie ? new RingFailure(RingFault.LYING_LIST, e.getMessage()) : e);
            return Optional.empty();
        }
    }

    /**
     * @return the fragment, which the caller owns
     * @throws RingFailure which has been dealt with, as far as it concerns the ring
     */
    Fragment fetch(RingCopy copy, MediaMemory memory, Throttle throttle) throws RingFailure {
        RingHealth health = health(copy.ring());
        FragmentIdentity identity = FragmentIdentity.of(copy.fragment().header());
        if (!health.mayBeAsked()) {
            throw new RingFailure(RingFault.UNREACHABLE, copy.ring().name() + " is left alone");
        }
        try {
            Fragment fragment = copy.ring().fetch(copy.fragment(), memory, throttle);
            answered(health);
            return fragment;
        } catch (RingFailure e) {
            health.failed(e);
            switch (e.fault()) {
                case LYING, GONE -> distrust.add(copy.ring().name(), identity);
                case UNREACHABLE, REFUSED, BUSY, FAILED, LYING_LIST, NO_MEMORY -> {}
            }
            throw e;
        }
    }

    /** What a ring offered cannot be used after all. */
    void distrust(RingCopy copy) {
        distrust.add(copy.ring().name(), FragmentIdentity.of(copy.fragment().header()));
    }

    private void answered(RingHealth health) {
        if (health.answered()) {
            onReturn.run();
        }
    }

    private RingHealth health(Ring ring) {
        return healths.computeIfAbsent(ring.name(), name -> new RingHealth(name, nanoTicker));
    }

    /** Rings that failed when they were last asked. */
    int failing() {
        return (int) healths.values().stream().filter(RingHealth::isFailing).count();
    }

    /** Failures so far. */
    long errors() {
        return healths.values().stream().mapToLong(RingHealth::errors).sum();
    }
}

package io.gapless.ring;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which disk a camera's next segment goes to. Pure but for the lock under which it is asked. */
final class Placement {
    /** So much better must another disk be for a camera to leave a healthy one. */
    private static final double WORTH_MOVING = 1.5;

    private final List<Disk> disks;

    Placement(List<Disk> disks) {
        this.disks = disks;
    }

    /**
     * The disk with the largest share of room for one more camera; the present one if it is healthy
     * and no other is much better. None if none is healthy.
     */
    Optional<Disk> choose(Optional<Disk> present) {
        Optional<Disk> best =
                disks.stream()
                        .filter(Disk::healthy)
                        .max(Comparator.comparingDouble(d -> share(d, present)));
        boolean stay =
                best.isPresent()
                        && present.filter(Disk::healthy).isPresent()
                        && share(best.get(), present)
                                < WORTH_MOVING * share(present.get(), present);
        return stay ? present : best;
    }

    private static double share(Disk disk, Optional<Disk> present) {
        boolean here = present.isPresent() && present.get() == disk;
        return disk.share(here ? disk.lanes : disk.lanes + 1);
    }
}

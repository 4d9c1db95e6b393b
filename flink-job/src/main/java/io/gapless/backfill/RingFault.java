package io.gapless.backfill;

/** What was wrong when a ring did not give what it was asked for. */
enum RingFault {
    /** Not reached, broken off or too slow. */
    UNREACHABLE,
    /** It does not accept our secret or certificate, or we have none to show. */
    REFUSED,
    /** It has no capacity now, or failed itself. */
    BUSY,
    /** It does not hold this fragment any more. */
    GONE,
    /** It sent something that cannot be what was asked for. */
    LYING,
    /** There was no room in our memory; the ring is not to blame. */
    NO_MEMORY;

    /** Whether it says something of the ring as a whole and not of one fragment. */
    boolean isOfRing() {
        return switch (this) {
            case UNREACHABLE, REFUSED, BUSY -> true;
            case GONE, LYING, NO_MEMORY -> false;
        };
    }
}

package io.gapless.backfill;

/** What was wrong when a ring did not give what it was asked for. */
enum RingFault {
    /** Not reached, broken off or too slow. */
    UNREACHABLE("not reachable"),
    /** It does not accept our secret or certificate, or we have none to show. */
    REFUSED("refusing us"),
    /** It has no capacity now. */
    BUSY("busy"),
    /** It failed itself. */
    FAILED("failing"),
    /** What it says it holds cannot be so. */
    LYING_LIST("not to be believed, its list cannot be right"),
    /** It does not hold this fragment any more. */
    GONE("without a fragment that it listed"),
    /** The fragment it sent cannot be the one that was asked for. */
    LYING("sending what it did not list"),
    /** There was no room in our memory; the ring is not to blame. */
    NO_MEMORY("too much for our memory");

    private final String words;

    RingFault(String words) {
        this.words = words;
    }

    /** As in: the ring is ... */
    String words() {
        return words;
    }

    /** Whether it says something of the ring as a whole and not of one fragment. */
    boolean isOfRing() {
        return switch (this) {
            case UNREACHABLE, REFUSED, BUSY, FAILED, LYING_LIST -> true;
            case GONE, LYING, NO_MEMORY -> false;
        };
    }
}

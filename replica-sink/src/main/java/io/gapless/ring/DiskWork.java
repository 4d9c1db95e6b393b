package io.gapless.ring;

/** What a disk's thread is to do next. */
sealed interface DiskWork {
    /** Something for a camera. */
    record Write(Turn turn) implements DiskWork {}

    /** Save what can be saved of a segment that nobody goes on with. */
    record GiveUp(Segment segment) implements DiskWork {}

    /** See whether the disk works. */
    record Probe() implements DiskWork {}

    /** Nothing any more. */
    record End() implements DiskWork {}
}

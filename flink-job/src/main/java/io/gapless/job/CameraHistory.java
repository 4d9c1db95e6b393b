package io.gapless.job;

/**
 * What is known of a camera's video so far: the keyed state of {@link Continuity}. A record of
 * plain types, for Flink's own serializer, which reads states of older versions as long as
 * components are only added or removed.
 *
 * @param incarnation names the operator instance that saw the last event
 * @param run of the last fragment, or empty if there was none
 * @param shiftTicks90k by which that run is moved, 0 or more
 * @param endTicks90k end of the last fragment as handed on; {@link Long#MIN_VALUE} if there was
 *     none
 * @param lagTicks90k how far behind the wall clock that end was when it was handed on
 * @param openCause code of the cause of the gap that is open, 0 if none is
 * @param fragments handed on
 * @param runs begun
 */
public record CameraHistory(
        String incarnation,
        String run,
        long shiftTicks90k,
        long endTicks90k,
        long lagTicks90k,
        int openCause,
        long fragments,
        long runs) {
    static final CameraHistory NONE = new CameraHistory("", "", 0, Long.MIN_VALUE, 0, 0, 0, 0);
}

package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a camera tells of the time of day. The marks in its frames always tell the truth.
 *
 * @param senderReports whether and how it tells it
 * @param offset by how much its clock is ahead, or behind if negative
 * @param stepPerSession by how much its clock is set ahead each time a session begins, for all
 *     sessions
 */
public record CameraTime(SenderReports senderReports, Duration offset, Duration stepPerSession) {
    static final CameraTime TRUE = new CameraTime(SenderReports.TRUE, Duration.ZERO, Duration.ZERO);

    public CameraTime {
        requireNonNull(senderReports, "senderReports is null");
        requireNonNull(offset, "offset is null");
        requireNonNull(stepPerSession, "stepPerSession is null");
    }
}

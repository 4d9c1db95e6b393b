package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that a session goes on with parts missing: one warning when it begins, and a line
 * when a while has passed without. Owned by the session's event loop.
 */
final class Disturbance {
    static final Duration CALM = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Disturbance.class);

    private final CameraId camera;
    private long garbageBytes;
    private long lostPackets;
    private long lostBefore;
    private long lastNanos;
    private boolean disturbed;

    /**
     * @param lostPackets so far, in earlier sessions
     */
    Disturbance(CameraId camera, long lostPackets) {
        this.camera = requireNonNull(camera, "camera is null");
        this.lostPackets = lostPackets;
    }

    /**
     * To be called every now and then.
     *
     * @param garbage bytes so far that were neither RTSP nor RTP
     * @param lost packets so far
     * @return whether the session is disturbed
     */
    boolean observe(long garbage, long lost, long nowNanos) {
        if (garbage > garbageBytes || lost > lostPackets) {
            if (!disturbed) {
                lostBefore = lostPackets;
                begin(garbage > garbageBytes);
            }
            disturbed = true;
            lastNanos = nowNanos;
            garbageBytes = garbage;
            lostPackets = lost;
        } else if (disturbed && nowNanos - lastNanos >= CALM.toNanos()) {
            disturbed = false;
            LOG.info(
                    "camera {} sends whole video again; {} packets were lost",
                    camera,
                    lostPackets - lostBefore);
        }
        return disturbed;
    }

    private void begin(boolean garbage) {
        LOG.warn(
                "camera {} {}; what is missing of its video becomes gaps",
                camera,
                garbage
                        ? "sends bytes that are neither RTSP nor RTP"
                        : "sends packets that do not all arrive");
    }
}

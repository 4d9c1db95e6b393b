package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a camera's video is interrupted, and why. However often it is dialled in vain meanwhile,
 * an outage has one cause, the first, and one warning; a further cause is logged once, because it
 * may say why the camera does not come back.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final CameraId camera;
    private final Set<GapCause> told = EnumSet.noneOf(GapCause.class);
    private Optional<GapCause> cause = Optional.empty();

    Outage(CameraId camera) {
        this.camera = requireNonNull(camera, "camera is null");
    }

    /** Empty while video comes, and before the first attempt has failed. */
    Optional<GapCause> cause() {
        return cause;
    }

    /**
     * An attempt failed, or a session ended.
     *
     * @param sentence continuing "camera x ...", without credentials
     * @return whether the outage begins with this
     */
    boolean begins(GapCause newCause, String sentence) {
        boolean first = cause.isEmpty();
        boolean news = told.add(newCause);
        if (first) {
            cause = Optional.of(newCause);
            LOG.warn("camera {} {}", camera, sentence);
        } else if (news) {
            LOG.info("camera {} still does not send video, it {}", camera, sentence);
        }
        return first;
    }

    /** Video comes, for the first time or again. */
    void over(String host) {
        LOG.info("camera {} is being recorded from {}", camera, host);
        cause = Optional.empty();
        told.clear();
    }
}

package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a camera's video is interrupted, and why. However often it is dialled in vain meanwhile,
 * an outage has one cause, the first, and one warning; a further cause is logged once, because it
 * may say why the camera does not come back.
 *
 * <p>A connection that ends says little, so the next attempt is heard before the outage is told of:
 * a camera whose password was changed closes its sessions first, and refuses us only then.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final CameraId camera;
    private final Consumer<Interruption> out;
    private final Set<GapCause> told = EnumSet.noneOf(GapCause.class);
    private Optional<GapCause> cause = Optional.empty();
    private Optional<Interruption> unexplained = Optional.empty();

    /**
     * @param out receives one interruption an outage
     */
    Outage(CameraId camera, Consumer<Interruption> out) {
        this.camera = requireNonNull(camera, "camera is null");
        this.out = requireNonNull(out, "out is null");
    }

    /** Empty while video comes, and before the first attempt has failed. */
    Optional<GapCause> cause() {
        return cause;
    }

    /**
     * An attempt failed, or a session ended.
     *
     * @param sentence continuing "camera x ...", without credentials
     * @param videoUntil end of the last frame
     */
    void failed(GapCause newCause, String sentence, MediaTime videoUntil) {
        boolean news = told.add(newCause);
        if (cause.isEmpty()) {
            cause = Optional.of(newCause);
            unexplained = Optional.of(new Interruption(camera, videoUntil, newCause, sentence));
            if (newCause != GapCause.CAMERA_DISCONNECTED) {
                tell();
            }
        } else if (unexplained.isPresent() && newCause == GapCause.CAMERA_REFUSED) {
            cause = Optional.of(newCause);
            unexplained = unexplained.map(end -> refused(end, sentence));
            tell();
        } else {
            tell();
            if (news) {
                LOG.info("camera {} still does not send video, it {}", camera, sentence);
            }
        }
    }

    private static Interruption refused(Interruption end, String sentence) {
        return new Interruption(
                end.camera(),
                end.at(),
                GapCause.CAMERA_REFUSED,
                "%s, then %s".formatted(end.detail(), sentence));
    }

    /** Nothing more will explain the outage, if there is one. */
    void tell() {
        unexplained.ifPresent(
                interruption -> {
                    LOG.warn("camera {} {}", camera, interruption.detail());
                    out.accept(interruption);
                });
        unexplained = Optional.empty();
    }

    /** Video comes, for the first time or again. */
    void over(String host) {
        tell();
        LOG.info("camera {} is being recorded from {}", camera, host);
        cause = Optional.empty();
        told.clear();
    }
}

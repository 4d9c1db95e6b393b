package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether what a playing session sends is worth going on for. A session is as alive as its
 * pictures. TCP's own keep-alive would notice nothing sooner: a network that swallows packets, a
 * camera that hangs and one that sends sound alone all send no pictures, while a camera that
 * answers no keep-alive but sends them is to be recorded. Owned by the session's event loop.
 */
final class MediaWatch {
    private static final Duration UDP_PATIENCE = Duration.ofSeconds(3);

    /**
     * Without a marker bit a picture is complete when the next one begins, so slow cameras get
     * twice the time-out.
     */
    private static final int PICTURE_PATIENCE = 2;

    private final Run run;
    private final Duration inactivityTimeout;
    private final boolean fallsBackToTcp;
    private final long playingNanos;

    /**
     * @param fallsBackToTcp whether media is awaited over UDP, and TCP may be tried instead
     * @param playingNanos when the camera accepted PLAY
     */
    MediaWatch(Run run, Duration inactivityTimeout, boolean fallsBackToTcp, long playingNanos) {
        this.run = requireNonNull(run, "run is null");
        this.inactivityTimeout = requireNonNull(inactivityTimeout, "inactivityTimeout is null");
        this.fallsBackToTcp = fallsBackToTcp;
        this.playingNanos = playingNanos;
    }

    /** Why the session should end, if it should. */
    Optional<SessionEnd> check(long now) {
        Track video = run.video();
        long silentNanos = now - (video.isStarted() ? video.lastPacketNanos() : playingNanos);
        long patienceNanos = inactivityTimeout.toNanos();
        if (video.hasEnded()) {
            return failed(GapCause.CAMERA_DISCONNECTED, "ended its stream");
        }
        if (fallsBackToTcp && !video.isStarted() && silentNanos > UDP_PATIENCE.toNanos()) {
            return Optional.of(new SessionEnd.UdpSilent());
        }
        if (silentNanos > patienceNanos) {
            return failed(GapCause.CAMERA_SILENT, silence());
        }
        if (!run.isConfigured() && now - playingNanos > patienceNanos) {
            return failed(GapCause.CAMERA_PROTOCOL, "sends video without usable parameter sets");
        }
        if (now - run.lastFrameNanos() > PICTURE_PATIENCE * patienceNanos) {
            return failed(GapCause.CAMERA_SILENT, "sends packets but no pictures");
        }
        return Optional.empty();
    }

    private static Optional<SessionEnd> failed(GapCause cause, String sentence) {
        return Optional.of(new SessionEnd.Failed(cause, sentence));
    }

    private String silence() {
        return "sent no video for %.1f s".formatted(inactivityTimeout.toMillis() / 1000.0);
    }
}

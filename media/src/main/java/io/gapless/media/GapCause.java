package io.gapless.media;

import java.util.Arrays;

/**
 * Why a stretch of a camera's timeline has no frames. The code is stored in the archive and never
 * reused; readers take an unknown code of a newer writer for {@link #UNKNOWN}.
 */
public enum GapCause {
    /** The archive does not say. */
    UNKNOWN(1),
    /** The camera could not be reached: name not found, connection refused or timed out. */
    CAMERA_UNREACHABLE(2),
    /** The camera ended the session or its connection broke. */
    CAMERA_DISCONNECTED(3),
    /** The session stood, but nothing came within the inactivity time-out. */
    CAMERA_SILENT(4),
    /** The camera refused the user or the password. */
    CAMERA_REFUSED(5),
    /** The camera answered with something that cannot be recorded. */
    CAMERA_PROTOCOL(6),
    /** The camera's clock or RTP time jumped; no frame is known to be missing. */
    CAMERA_CLOCK(7),
    /** The camera was taken out of the catalogue, or its settings were changed. */
    CATALOGUE_CHANGED(8),
    /** RTP packets were lost on their way. */
    PACKET_LOSS(9),
    /** The recorder was stopped on purpose. */
    RECORDER_STOPPED(10),
    /** The recorder died, or was moved, and came back. */
    RECORDER_RESTART(11),
    /** The recorder had no room left for video: its memory was full, or it could not keep up. */
    RECORDER_OVERLOAD(12),
    /** The archive did not take video for so long that the recorder's memory ran over. */
    STORAGE_STALLED(13),
    /** What was recorded cannot be read back: its digest does not match. */
    RECORDING_DAMAGED(14),
    /** The archive had no room: its quota was reached, or the disks under it were full. */
    STORAGE_FULL(15);

    private final int code;

    GapCause(int code) {
        this.code = code;
    }

    /** 1 to 255; 0 stands for "no gap" wherever a cause is optional. */
    public int code() {
        return code;
    }

    public static GapCause ofCode(int code) {
        return Arrays.stream(values()).filter(c -> c.code == code).findFirst().orElse(UNKNOWN);
    }
}

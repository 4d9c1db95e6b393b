package io.gapless.rtp.clock;

import java.util.Arrays;
import java.util.Optional;

/** What the sender reports of a session are worth. */
public enum SenderReportTrust {
    /** None received in this session. */
    NONE(0),
    /** The reports agree with each other and with our clock: time follows them. */
    TRUSTED(1),
    /** The camera's clock was set during the session; the run's time did not jump with it. */
    STEPPED(2),
    /** The last report is rubbish, or more than 5 s off our clock: time follows arrival. */
    REJECTED(3);

    private final int number;

    SenderReportTrust(int number) {
        this.number = number;
    }

    /** What a metric, which must be a number, says instead. */
    public int number() {
        return number;
    }

    /** Empty if {@code number} stands for none. */
    public static Optional<SenderReportTrust> ofNumber(long number) {
        return Arrays.stream(values()).filter(trust -> trust.number == number).findFirst();
    }
}

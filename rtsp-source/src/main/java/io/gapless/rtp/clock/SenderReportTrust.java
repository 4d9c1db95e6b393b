package io.gapless.rtp.clock;

/** What the sender reports of a session are worth. */
public enum SenderReportTrust {
    /** None received in this session. */
    NONE,
    /** The reports agree with each other and with our clock: time follows them. */
    TRUSTED,
    /** The camera's clock was set during the session; the run's time did not jump with it. */
    STEPPED,
    /** The last report is rubbish, or more than 5 s off our clock: time follows arrival. */
    REJECTED
}

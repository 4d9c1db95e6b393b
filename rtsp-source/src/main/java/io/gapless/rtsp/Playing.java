package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What there is to do while a session plays, besides taking its media: reports, keep-alive, a look
 * at the wall clock, and whether media comes at all. Owned by the session's event loop, which calls
 * {@link #tick} every now and then.
 */
final class Playing {
    /** Arlo cameras stop after 10 s without a report. */
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    private static final Duration WALL_CLOCK_INTERVAL = Duration.ofMinutes(1);

    private final Run run;
    private final OpenSession session;
    private final MediaWatch watch;
    private final Reports reports;
    private final Deadline reportDue;
    private final Deadline keepAliveDue;
    private final Deadline wallClockDue;

    Playing(Run run, MediaPath path, OpenSession session, MediaWatch watch, long now) {
        this.run = requireNonNull(run, "run is null");
        this.session = requireNonNull(session, "session is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.reports = new Reports(run, path);
        this.reportDue = new Deadline(REPORT_INTERVAL, now);
        this.wallClockDue = new Deadline(WALL_CLOCK_INTERVAL, now);
        this.keepAliveDue = new Deadline(session.keepAliveInterval(), now);
    }

    /** Why the session should end, if it should. */
    Optional<SessionEnd> tick(long now) {
        Optional<SessionEnd> end = watch.check(now);
        if (end.isEmpty()) {
            doWhatIsDue(now);
        }
        return end;
    }

    private void doWhatIsDue(long now) {
        run.tellClock();
        if (reportDue.isDue(now)) {
            reports.send(now);
        }
        if (keepAliveDue.isDue(now)) {
            session.keepAlive();
        }
        if (wallClockDue.isDue(now)) {
            run.wallClockSampled();
        }
    }
}

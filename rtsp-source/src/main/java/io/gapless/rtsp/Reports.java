package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.rtcp.ReceiverReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Tells the camera what of its tracks arrives. Owned by the session's event loop. */
final class Reports {
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final Run run;
    private final MediaPath path;

    Reports(Run run, MediaPath path) {
        this.run = requireNonNull(run, "run is null");
        this.path = requireNonNull(path, "path is null");
    }

    void send(long now) {
        List<Track> tracks = run.tracks();
        for (int i = 0; i < tracks.size(); i++) {
            send(i, tracks.get(i).receiverReport(ssrc, now));
        }
    }

    private void send(int index, Optional<ReceiverReport> report) {
        report.ifPresent(r -> path.sendRtcp(index, r.encode("gapless")));
    }
}

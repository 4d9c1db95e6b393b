package io.gapless.backfill;

import io.gapless.archive.Archive;
import io.gapless.archive.LostNotes;
import io.gapless.archive.read.ArchivedFragment;
import io.gapless.archive.read.TimelineWatch;
import io.gapless.archive.read.WatchedTimeline;
import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Holes;
import io.gapless.media.timeline.Selected;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The archive, connected to when it is first needed and as soon as it can be reached. */
final class WatchedArchive implements ArchiveView {
    private final URI root;
    private final Map<String, String> hadoop;
    private final InstantSource clock;
    private Optional<Connection> connection = Optional.empty();
    private boolean closed;

    private record Connection(Archive archive, TimelineWatch watch, LostNotes notes) {}

    WatchedArchive(URI root, Map<String, String> hadoop, InstantSource clock) {
        this.root = root;
        this.hadoop = hadoop;
        this.clock = clock;
    }

    private synchronized Connection connected() throws IOException {
        if (closed) {
            throw new IOException("the archive is closed");
        }
        if (connection.isEmpty()) {
            Archive archive = Archive.open(root, hadoop);
            connection =
                    Optional.of(
                            new Connection(
                                    archive,
                                    new TimelineWatch(archive, clock),
                                    new LostNotes(archive)));
        }
        return connection.get();
    }

    @Override
    public Sight look(CameraId camera, TimeRange range) throws IOException {
        WatchedTimeline seen = connected().watch().look(camera, range);
        List<FragmentHeader> shown =
                seen.report().fragments().stream()
                        .map(Selected::fragment)
                        .map(ArchivedFragment::header)
                        .toList();
        return new Sight(
                range,
                shown,
                Holes.of(seen.report(), ArchivedFragment::header),
                seen::awaitsRecovery,
                seen.unreadable());
    }

    @Override
    public void lost(CameraId camera, TimeRange range, GapCause cause, String detail)
            throws IOException {
        connected().notes().write(camera, range, cause, detail);
    }

    @Override
    public void close() {
        Optional<Connection> last;
        synchronized (this) {
            closed = true;
            last = connection;
            connection = Optional.empty();
        }
        last.ifPresent(WatchedArchive::close);
    }

    private static void close(Connection connection) {
        connection.watch().close();
        try {
            connection.archive().close();
        } catch (IOException e) {
            // Nothing was written through it that is not durable.
        }
    }
}

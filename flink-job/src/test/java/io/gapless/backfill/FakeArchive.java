package io.gapless.backfill;

import io.gapless.archive.read.UnreadableRecording;
import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Holes;
import io.gapless.media.timeline.Selected;
import io.gapless.media.timeline.TimelineBuilder;
import io.gapless.media.timeline.TimelineReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An archive in memory, shown by the real timeline. */
final class FakeArchive implements ArchiveView {
    final List<FragmentHeader> held = new ArrayList<>();
    final List<TimeRange> lost = new ArrayList<>();
    final List<UnreadableRecording> unread = new ArrayList<>();
    boolean awaitsRecovery;
    boolean away;

    @Override
    public Sight look(CameraId camera, TimeRange range) throws IOException {
        if (away) {
            throw new IOException("the archive is away on purpose");
        }
        TimelineReport<FragmentHeader> report =
                new TimelineBuilder<FragmentHeader>(Function.identity(), header -> new long[0])
                        .build(camera, range, held, List.of(), false, lost);
        return new Sight(
                range,
                report.fragments().stream().map(Selected::fragment).toList(),
                Holes.of(report, Function.identity()),
                hole -> awaitsRecovery,
                unread);
    }

    @Override
    public void lost(CameraId camera, TimeRange range, GapCause cause, String detail) {
        lost.add(range);
    }

    @Override
    public void close() {}
}

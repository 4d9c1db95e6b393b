package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.StoredFragmentReader;
import io.gapless.media.timeline.PresentationTimes;
import io.gapless.media.timeline.Timeline;
import io.gapless.media.timeline.TimelineBuilder;
import io.gapless.media.timeline.TimelineReport;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the archive held of a camera when it was looked at: its contents and their timeline. */
record CameraView(CameraContents contents, TimelineReport<ArchivedFragment> report) {

    static CameraView of(
            Archive archive,
            CameraId camera,
            Optional<Instant> from,
            Optional<Instant> to,
            MediaTime now)
            throws IOException {
        CameraContents contents = ContentsReader.read(archive, camera, from, to);
        if (contents.isEmpty()) {
            throw new NothingRecordedException(
                    "archive %s holds nothing of camera %s".formatted(archive, camera));
        }
        return of(contents, camera, from, to, now, fragment -> presentation(archive, fragment));
    }

    static CameraView of(
            CameraContents contents,
            CameraId camera,
            Optional<Instant> from,
            Optional<Instant> to,
            MediaTime now,
            PresentationTimes<ArchivedFragment> presentationTimes)
            throws IOException {
        TimeRange range = AskedRange.of(contents, from, to, now);
        TimelineBuilder<ArchivedFragment> builder =
                new TimelineBuilder<>(ArchivedFragment::header, presentationTimes);
        // Had there been anything earlier, the nearest of it would be among the contents.
        boolean earlierRecordings = false;
        return new CameraView(
                contents,
                builder.build(
                        camera,
                        range,
                        contents.fragments(),
                        contents.interruptions(),
                        earlierRecordings,
                        contents.lost()));
    }

    Timeline timeline() {
        return report.timeline();
    }

    private static long[] presentation(Archive archive, ArchivedFragment fragment)
            throws IOException {
        try (OpenedRecording recording =
                OpenedRecording.open(archive, fragment.recording().entry())) {
            FragmentContents contents = StoredFragmentReader.read(recording, fragment.stored());
            return Arrays.stream(contents.presentationTimes())
                    .mapToLong(MediaTime::ticks90k)
                    .toArray();
        }
    }
}

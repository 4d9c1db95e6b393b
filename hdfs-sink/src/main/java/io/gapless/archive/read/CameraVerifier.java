package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Selected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Verifies what a view shows of one camera. One use, one thread. */
final class CameraVerifier {
    private final Archive archive;
    private final CameraView view;
    private final ReadProgress progress;
    private final List<Problem> problems = new ArrayList<>();
    private long doneBytes;

    CameraVerifier(Archive archive, CameraView view, ReadProgress progress) {
        this.archive = archive;
        this.view = view;
        this.progress = progress;
    }

    CameraVerification verify() {
        view.contents().unreadable().forEach(u -> problems.add(u.problem()));
        List<IndexedRecording> recordings =
                view.contents().recordings().stream().filter(this::matters).toList();
        List<RecordingVerifier.Result> results = new ArrayList<>();
        long totalBytes = recordings.stream().mapToLong(IndexedRecording::sizeBytes).sum();
        for (IndexedRecording recording : recordings) {
            results.add(
                    new RecordingVerifier(
                                    archive, recording, range(), bytes -> done(bytes, totalBytes))
                            .verify());
        }
        results.forEach(result -> problems.addAll(result.problems()));
        problems.addAll(
                RunContinuity.check(
                        recordings.stream().flatMap(IndexedRecording::fragments).toList()));
        view.report().undeclaredGaps().forEach(this::reportUndeclared);
        return new CameraVerification(
                camera(),
                recordings.size(),
                results.stream().mapToLong(RecordingVerifier.Result::fragments).sum(),
                results.stream().mapToLong(RecordingVerifier.Result::frames).sum(),
                results.stream().mapToLong(RecordingVerifier.Result::bytes).sum(),
                hiddenBytes(),
                problems,
                view.timeline());
    }

    private long hiddenBytes() {
        Set<ArchivedFragment> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Selected<ArchivedFragment> selected : view.report().fragments()) {
            if (selected.frames() > 0) {
                shown.add(selected.fragment());
            }
        }
        return bytes(view.contents().fragments().stream()) - bytes(shown.stream());
    }

    private long bytes(Stream<ArchivedFragment> fragments) {
        return fragments
                .filter(fragment -> fragment.header().range().overlaps(range()))
                .mapToLong(fragment -> fragment.stored().sizeBytes())
                .sum();
    }

    private void done(long bytes, long totalBytes) {
        doneBytes += bytes;
        progress.onProgress(camera(), doneBytes, totalBytes);
    }

    private boolean matters(IndexedRecording recording) {
        return recording.content().fragments().isEmpty()
                ? recording.startsIn(range())
                : recording.fragments().anyMatch(f -> f.header().range().overlaps(range()));
    }

    private TimeRange range() {
        return view.timeline().range();
    }

    private CameraId camera() {
        return view.timeline().camera();
    }

    private void reportUndeclared(Gap gap) {
        String what =
                "from %s to %s frames are missing and nothing says why"
                        .formatted(gap.start(), gap.end());
        problems.add(
                find(f -> f.header().start().equals(gap.end()))
                        .map(after -> after.problem(what))
                        .or(
                                () ->
                                        find(f -> f.header().end().equals(gap.start()))
                                                .map(before -> before.problemBehind(what)))
                        .orElseGet(() -> new Problem(camera().value(), 0, what)));
    }

    private Optional<ArchivedFragment> find(Predicate<ArchivedFragment> wanted) {
        return view.contents().fragments().stream().filter(wanted).findFirst();
    }
}

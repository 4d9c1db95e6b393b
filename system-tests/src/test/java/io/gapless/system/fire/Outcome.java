package io.gapless.system.fire;

import io.gapless.system.backfill.Verdict;
import io.gapless.system.fire.Demands.LiveGaps;
import io.gapless.system.fire.Demands.Lost;
import io.gapless.system.fire.Stretch.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * All that is known of a scenario that was played.
 *
 * @param whole how long after the last step no gap was open any more
 */
record Outcome(
        Scenario scenario,
        Play play,
        List<CameraVerdict> cameras,
        Optional<Duration> whole,
        Samples samples) {
    /** Why the scenario failed; empty if it did not. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (CameraVerdict camera : cameras) {
            Verdict verdict = camera.verdict();
            mustBeZero(failures, camera, "frames are shown twice", verdict.frames().duplicated());
            mustBeZero(failures, camera, "frames are missing undeclared", verdict.notDeclared());
            mustBeZero(failures, camera, "frames are missing at the ends", camera.beyond());
            mustBeZero(failures, camera, "frames are still to be filled", verdict.declaredOpen());
            mustBeZero(
                    failures, camera, "frames are misplaced", verdict.frames().misplaced().size());
            mustBeZero(failures, camera, "gaps lack nothing", verdict.emptyGaps().size());
            mustBeZero(failures, camera, "missing frames are in a ring", camera.ringHolds());
            if (scenario.demands().lost() == Lost.NOTHING) {
                mustBeZero(failures, camera, "frames are lost", verdict.declaredLost());
            }
            liveGaps(failures, camera);
        }
        scenario.demands()
                .recordingAgain()
                .filter(limit -> recordingAgain().map(a -> a.compareTo(limit) > 0).orElse(false))
                .ifPresent(limit -> failures.add("recording again later than " + limit));
        if (whole.isEmpty()) {
            failures.add("not whole within " + scenario.demands().whole());
        }
        if (samples.memoryHighWater() > samples.memoryBudget()) {
            failures.add("more memory than the budget");
        }
        return failures;
    }

    private static void mustBeZero(
            List<String> failures, CameraVerdict camera, String what, long count) {
        if (count > 0) {
            failures.add("%s: %d %s".formatted(camera.camera(), count, what));
        }
    }

    private void liveGaps(List<String> failures, CameraVerdict camera) {
        LiveGaps allowed = scenario.demands().liveGaps();
        boolean mayHave =
                allowed == LiveGaps.ANY
                        || (allowed == LiveGaps.HIT && play.hit().contains(camera.camera()));
        if (!mayHave) {
            mustBeZero(failures, camera, "gaps in live recording", camera.liveGaps().size());
        }
    }

    long sum(ToLongFunction<Verdict> count) {
        return cameras.stream().map(CameraVerdict::verdict).mapToLong(count).sum();
    }

    long frames(Fate fate) {
        return cameras.stream()
                .flatMap(camera -> camera.stretches().stream())
                .filter(stretch -> stretch.fate() == fate)
                .mapToLong(Stretch::frames)
                .sum();
    }

    long camerasWithLiveGaps() {
        return cameras.stream().filter(camera -> !camera.liveGaps().isEmpty()).count();
    }

    Duration longestLiveGap() {
        return cameras.stream()
                .flatMap(camera -> camera.liveGaps().stream())
                .map(Stretch::duration)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** From the timed step until the camera that took longest was recorded again. */
    Optional<Duration> recordingAgain() {
        Instant timed = play.timed().orElse(play.begin());
        return cameras.stream()
                .flatMap(camera -> firstGapAfter(camera, timed).stream())
                .map(gap -> Duration.between(timed, gap.to()))
                .max(Comparator.naturalOrder());
    }

    private static Optional<Stretch> firstGapAfter(CameraVerdict camera, Instant moment) {
        return camera.liveGaps().stream().filter(gap -> gap.to().isAfter(moment)).findFirst();
    }
}

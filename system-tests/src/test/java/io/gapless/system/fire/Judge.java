package io.gapless.system.fire;

import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Timeline;
import io.gapless.system.backfill.Judgement;
import io.gapless.system.backfill.RawFragment;
import io.gapless.system.backfill.RawFragment.RawFrame;
import io.gapless.system.backfill.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts the frames of a play, with Hadoop's client and FFmpeg, not by what the recorder says. */
final class Judge {
    private final FireSite site;
    private final Play play;

    Judge(FireSite site, Play play) {
        this.site = site;
        this.play = play;
    }

    List<CameraVerdict> verdicts() throws IOException {
        List<CameraVerdict> verdicts = new ArrayList<>();
        for (String camera : site.cameras().names()) {
            verdicts.add(verdict(camera));
        }
        return verdicts;
    }

    private CameraVerdict verdict(String camera) throws IOException {
        long first = play.first(camera);
        long last = play.last(camera);
        List<RawFragment> fragments =
                site.raw().fragments(camera).stream()
                        .filter(fragment -> isWithin(fragment, first, last))
                        .toList();
        Judgement judgement = Judgement.of(camera, fragments);
        Timeline timeline = declared(camera, fragments);
        CameraCourse course = new CameraCourse(fragments, timeline.gaps(), first, last);
        return new CameraVerdict(
                camera,
                Verdict.of(judgement, timeline),
                course.stretches(),
                course.liveGaps(),
                ringHolds(camera, judgement),
                Math.max(0, judgement.first() - first) + Math.max(0, last - 1 - judgement.last()));
    }

    private static boolean isWithin(RawFragment fragment, long first, long last) {
        return fragment.frames().stream()
                .mapToLong(RawFrame::counter)
                .anyMatch(counter -> counter >= first && counter < last);
    }

    /** What the archive says of the time of these fragments. */
    private Timeline declared(String camera, List<RawFragment> fragments) throws IOException {
        long from = fragments.stream().mapToLong(RawFragment::startTicks90k).min().orElse(0);
        long to = fragments.stream().mapToLong(RawFragment::endTicks90k).max().orElse(0);
        Timeline all = site.timeline(camera, Instant.EPOCH);
        List<Gap> gaps =
                all.gaps().stream()
                        .filter(gap -> gap.end().ticks90k() > from && gap.start().ticks90k() < to)
                        .toList();
        return new Timeline(all.camera(), all.range(), all.frames(), all.spans(), gaps);
    }

    private long ringHolds(String camera, Judgement judgement) throws IOException {
        if (judgement.missing().isEmpty()) {
            return 0;
        }
        return site.ring().fragments(camera).stream()
                .filter(fragment -> !fragment.damaged())
                .flatMap(fragment -> fragment.frames().stream())
                .map(RawFrame::counter)
                .filter(judgement::isMissing)
                .distinct()
                .count();
    }
}

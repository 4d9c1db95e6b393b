package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.timeline.Span;
import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;

/** Waits until an archive is whole after an outage, measures how long it took, and judges. */
final class Recovery {
    private final Site site;
    private final String failure;
    private final Set<String> without;

    Recovery(Site site, String failure) {
        this(site, failure, Set.of());
    }

    private Recovery(Site site, String failure, Set<String> without) {
        this.site = site;
        this.failure = failure;
        this.without = without;
    }

    /** Without judging one camera. */
    Recovery without(String camera) {
        return new Recovery(site, failure, Set.of(camera));
    }

    private List<Verdict> verdicts() throws IOException {
        return site.verdicts().stream()
                .filter(verdict -> !without.contains(verdict.frames().camera()))
                .toList();
    }

    /**
     * Every frame of every camera is there once.
     *
     * @param dead when the primary died last
     */
    List<Verdict> assertWhole(Instant dead, Duration limit) throws Exception {
        Duration toWhole = awaitFilled(dead, limit);
        List<Verdict> verdicts = verdicts();
        RunTable.add(failure, verdicts, Optional.of(toWhole));
        SoftAssertions.assertSoftly(
                softly ->
                        verdicts.forEach(
                                v ->
                                        softly.assertThat(v)
                                                .as("%s: %s", failure, v.frames().camera())
                                                .matches(Verdict::isWhole, "is whole")));
        return verdicts;
    }

    /** As {@link #assertWhole}, and the archive shows nothing but one unbroken stretch. */
    void assertOneUnbrokenStretch(Instant dead, Duration limit) throws Exception {
        assertWhole(dead, limit);
        for (String camera : site.cameras().names()) {
            List<Span> spans = site.timeline(camera).spans();
            for (int i = 1; i < spans.size(); i++) {
                assertThat(spans.get(i).start())
                        .as("%s: %s", camera, spans)
                        .isEqualTo(spans.get(i - 1).end());
            }
        }
    }

    /** What is missing, while it cannot be had, is declared as such and as no more than that. */
    static void assertNothingGivenUp(Site site) throws IOException {
        for (Verdict verdict : site.verdicts()) {
            assertThat(verdict.declaredLost()).as("%s", verdict).isZero();
            assertThat(verdict.notDeclared()).as("%s", verdict).isZero();
            assertThat(verdict.frames().duplicated()).as("%s", verdict).isZero();
        }
    }

    /**
     * Every frame is there once but those that nobody had; and those are declared lost.
     *
     * @return frames declared lost
     */
    long assertOnlyLostWhatNobodyHad(Instant dead, Duration limit) throws Exception {
        Duration toWhole = awaitFilled(dead, limit);
        List<Verdict> verdicts = verdicts();
        RunTable.add(failure, verdicts, Optional.of(toWhole));
        for (Verdict verdict : verdicts) {
            String camera = failure + ": " + verdict.frames().camera();
            assertThat(verdict.notDeclared())
                    .as("%s: not declared in %s", camera, verdict)
                    .isZero();
            assertThat(verdict.declaredOpen()).as("%s: open in %s", camera, verdict).isZero();
            assertThat(verdict.frames().duplicated())
                    .as("%s: twice in %s", camera, verdict)
                    .isZero();
            assertThat(verdict.frames().misplaced()).as(camera).isEmpty();
            assertThat(verdict.emptyGaps()).as(camera).isEmpty();
            assertNobodyHas(verdict);
        }
        return verdicts.stream().mapToLong(Verdict::declaredLost).sum();
    }

    private void assertNobodyHas(Verdict verdict) throws IOException {
        String camera = verdict.frames().camera();
        List<Long> held =
                site.ringFragments(camera).stream()
                        .filter(fragment -> !fragment.damaged())
                        .flatMap(fragment -> fragment.frames().stream())
                        .map(RawFragment.RawFrame::counter)
                        .filter(counter -> verdict.frames().isMissing(counter))
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(held).as("%s: %s lacks what a ring holds", failure, camera).isEmpty();
    }

    /** Until each camera is live again and has no gap that may be filled; the longest it took. */
    private Duration awaitFilled(Instant dead, Duration limit) throws Exception {
        Map<String, Instant> whole = new HashMap<>();
        Site.Sent sent = site.sent();
        List<String> waiting = new ArrayList<>(site.cameras().names());
        Eventually.holds(
                () -> failure + ": whole again: " + waiting,
                limit,
                () -> {
                    for (String camera : List.copyOf(waiting)) {
                        if (!site.hasOpenGap(camera) && site.isLiveAfter(camera, sent)) {
                            whole.put(camera, Instant.now());
                            waiting.remove(camera);
                        }
                    }
                    return waiting.isEmpty();
                });
        Duration longest = Duration.ZERO;
        for (Map.Entry<String, Instant> entry : whole.entrySet()) {
            Instant live = site.firstLiveAfter(entry.getKey(), dead);
            Duration took = Duration.between(live, entry.getValue());
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }
}

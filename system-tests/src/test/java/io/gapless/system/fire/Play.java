package io.gapless.system.fire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was done, and when. */
final class Play {
    /**
     * A step that was done.
     *
     * @param target as it was then
     */
    record Done(Instant at, Step step, String target) {
        @Override
        public String toString() {
            String alias = target.equals(step.target()) ? "" : " = " + target;
            return step + alias;
        }
    }

    private final Instant begin;
    private final Map<String, Long> sentAtBegin;
    private final List<Done> done = new ArrayList<>();
    private final Set<String> hit = new HashSet<>();
    private final Map<String, Long> sentAtEnd = new HashMap<>();
    private Instant end = Instant.MAX;

    Play(Instant begin, Map<String, Long> sentAtBegin) {
        this.begin = begin;
        this.sentAtBegin = sentAtBegin;
    }

    void add(Done step) {
        done.add(step);
    }

    void hit(Set<String> cameras) {
        hit.addAll(cameras);
    }

    void end(Instant at, Map<String, Long> sent) {
        end = at;
        sentAtEnd.putAll(sent);
    }

    Instant begin() {
        return begin;
    }

    Instant end() {
        return end;
    }

    List<Done> done() {
        return done;
    }

    /** Cameras of the TaskManagers that were hit. */
    Set<String> hit() {
        return hit;
    }

    /** The counter of the first frame that is judged. */
    long first(String camera) {
        return sentAtBegin.get(camera);
    }

    /** The counter after the last frame that is judged. */
    long last(String camera) {
        return sentAtEnd.get(camera);
    }

    /** From when the time counts until all is recorded again. */
    Optional<Instant> timed() {
        return done.stream()
                .filter(step -> step.step().timed())
                .findFirst()
                .or(() -> done.stream().findFirst())
                .map(Done::at);
    }

    Instant lastStep() {
        return done.isEmpty() ? begin : done.get(done.size() - 1).at();
    }
}

package io.gapless.media.timeline;

import io.gapless.media.Digest;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what the archive holds more than once. Two fragments are the same if their identity, run
 * and sequence, is the same; or if they are of different runs, with the same digest, and start less
 * than half the duration of either apart: two recorders of the same stream, one of which was
 * believed dead. Static scenes repeat digests, but not at the same time.
 */
final class Deduplication<E> {
    private record Identity(RunId run, long sequence) {}

    private final Map<Identity, Candidate<E>> byIdentity = new HashMap<>();
    private final Map<Digest, TreeMap<Long, List<Candidate<E>>>> byDigest = new HashMap<>();
    private final List<Candidate<E>> kept = new ArrayList<>();
    private final List<Duplicate<E>> duplicates = new ArrayList<>();

    /**
     * @param bestFirst of two that are the same, the first is kept
     */
    Deduplication(List<Candidate<E>> bestFirst) {
        bestFirst.forEach(this::add);
    }

    List<Candidate<E>> kept() {
        return kept;
    }

    List<Duplicate<E>> duplicates() {
        return duplicates;
    }

    private void add(Candidate<E> candidate) {
        Identity identity = new Identity(candidate.header().run(), candidate.header().sequence());
        Optional<Candidate<E>> same =
                Optional.ofNullable(byIdentity.get(identity)).or(() -> twin(candidate));
        if (same.isPresent()) {
            duplicates.add(new Duplicate<>(candidate.fragment(), same.get().fragment()));
            return;
        }
        kept.add(candidate);
        byIdentity.put(identity, candidate);
        byDigest.computeIfAbsent(candidate.header().digest(), digest -> new TreeMap<>())
                .computeIfAbsent(candidate.start(), start -> new ArrayList<>(1))
                .add(candidate);
    }

    private Optional<Candidate<E>> twin(Candidate<E> candidate) {
        TreeMap<Long, List<Candidate<E>>> alike = byDigest.get(candidate.header().digest());
        if (alike == null) {
            return Optional.empty();
        }
        long within = apart(candidate);
        return alike
                .subMap(candidate.start() - within, true, candidate.start() + within, true)
                .values()
                .stream()
                .flatMap(List::stream)
                .filter(other -> !other.header().run().equals(candidate.header().run()))
                .filter(other -> Math.abs(other.start() - candidate.start()) <= apart(other))
                .findFirst();
    }

    /** Less than half as long as it is. */
    private static long apart(Candidate<?> candidate) {
        return (candidate.header().durationTicks90k() - 1) / 2;
    }
}

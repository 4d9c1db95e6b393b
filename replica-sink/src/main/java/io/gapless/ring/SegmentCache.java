package io.gapless.ring;

import io.gapless.media.ByteSource;
import io.gapless.media.Interruption;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What segments hold, read once: finished ones for good, growing ones from where the last look
 * ended. Bounded by the number of fragments, forgetting those not asked for longest. Safe for any
 * number of threads; they meet at the map, not while reading, so two may read the same.
 */
final class SegmentCache {
    /** Beside its fragments an entry costs about as much as so many. */
    private static final int ENTRY_COST = 4;

    /**
     * @param sizeBytes of the file when it was read
     * @param last whether it will not change any more
     */
    private record Known(Recording recording, long sizeBytes, boolean last) {
        int cost() {
            return ENTRY_COST + recording.fragments().size() + recording.interruptions().size();
        }
    }

    private final int maxFragments;
    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private long cost;

    SegmentCache(int maxFragments) {
        this.maxFragments = maxFragments;
    }

    /** What a segment holds now; nothing if it has vanished. */
    Optional<Recording> read(SegmentFile file) throws IOException {
        Path stem = file.stem();
        Optional<Known> before = find(stem);
        if (before.isPresent() && before.get().last) {
            return before.map(Known::recording);
        }
        try (RingFile source = RingFile.open(file.path())) {
            Known now = now(file, source, before);
            put(stem, now);
            return Optional.of(now.recording);
        } catch (NoSuchFileException e) {
            forget(stem);
            return Optional.empty();
        }
    }

    private static Known now(SegmentFile file, RingFile source, Optional<Known> before)
            throws IOException {
        long size = source.sizeBytes();
        if (!file.open() || before.isEmpty() || size < before.get().recording.completeBytes()) {
            Recording recording = Recording.read(source);
            return new Known(recording, size, !file.open() || recording.indexed());
        }
        Recording seen = before.get().recording;
        return size == before.get().sizeBytes
                ? before.get()
                : new Known(resumed(seen, source), size, false);
    }

    /** Reads only what came after the last whole box. */
    private static Recording resumed(Recording seen, RingFile source) throws IOException {
        long from = seen.completeBytes();
        Recording tail = Recording.read(new Tail(source, from));
        if (tail.indexed()) {
            return tail; // its index holds all of the file, at places counted from its start
        }
        List<StreamConfiguration> configurations =
                seen.configurations().isEmpty() ? tail.configurations() : seen.configurations();
        List<StoredFragment> fragments = new ArrayList<>(seen.fragments());
        for (StoredFragment f : tail.fragments()) {
            fragments.add(new StoredFragment(f.header(), from + f.offset(), f.sizeBytes()));
        }
        List<Interruption> interruptions = new ArrayList<>(seen.interruptions());
        interruptions.addAll(tail.interruptions());
        return new Recording(
                configurations, fragments, interruptions, from + tail.completeBytes(), false);
    }

    private synchronized Optional<Known> find(Path stem) {
        return Optional.ofNullable(known.get(stem));
    }

    private synchronized void put(Path stem, Known now) {
        forget(stem);
        known.put(stem, now);
        cost += now.cost();
        Iterator<Known> oldest = known.values().iterator();
        while (cost > maxFragments && known.size() > 1) {
            cost -= oldest.next().cost();
            oldest.remove();
        }
    }

    private synchronized void forget(Path stem) {
        Known gone = known.remove(stem);
        if (gone != null) {
            cost -= gone.cost();
        }
    }

    /** Fragments, and what stands for other things, that are remembered. */
    synchronized long cost() {
        return cost;
    }

    /** A file from a position on. */
    private record Tail(RingFile source, long from) implements ByteSource {
        @Override
        public long sizeBytes() {
            return source.sizeBytes() - from;
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            source.read(from + position, target);
        }
    }
}

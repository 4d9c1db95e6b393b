package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.StoredFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads one recording from its first byte to its last, a fragment at a time: every box must follow
 * on the one before, every fragment be known to the index and agree with it. One use, one thread.
 */
final class RecordingVerifier {
    /** Far above the bound at which fragments are cut. */
    private static final long MAX_FRAGMENT_BYTES = 64L << 20;

    private static final Set<String> BETWEEN_FRAGMENTS =
            Set.of("ftyp", "moov", "uuid", "mfra", "free");
    private static final Set<String> IN_TORN_FRAGMENT = Set.of("uuid", "prft", "moof", "mdat");

    private final Archive archive;
    private final IndexedRecording recording;
    private final TimeRange range;
    private final LongConsumer progress;
    private final List<Problem> problems = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    private long fragments;
    private long frames;
    private long bytes;

    /** What was read and found in one recording. */
    record Result(long fragments, long frames, long bytes, List<Problem> problems) {}

    /**
     * @param progress is told the bytes of each stretch that is done with
     */
    RecordingVerifier(
            Archive archive, IndexedRecording recording, TimeRange range, LongConsumer progress) {
        this.archive = archive;
        this.recording = recording;
        this.range = range;
        this.progress = progress;
    }

    Result verify() {
        long[] position = {0};
        try (OpenedRecording source = OpenedRecording.open(archive, recording.entry())) {
            walk(source, position);
        } catch (IOException e) {
            report(position[0], "cannot be read: " + e.getMessage());
        }
        return new Result(fragments, frames, bytes, List.copyOf(problems));
    }

    private void walk(OpenedRecording source, long[] position) throws IOException {
        Iterator<StoredFragment> expected = recording.content().fragments().iterator();
        Optional<StoredFragment> next = next(expected);
        while (position[0] < recording.sizeBytes()) {
            long at = position[0];
            if (next.isPresent() && next.get().offset() == at) {
                verify(next.get(), source);
                position[0] = next.get().endOffset();
                next = next(expected);
            } else {
                Optional<BoxAt> box = between(source, at);
                if (box.isEmpty()) {
                    return;
                }
                position[0] = box.get().end();
            }
            progress.accept(position[0] - at);
        }
        next.ifPresent(
                missing ->
                        report(missing.offset(), "the fragment of the index is not where it says"));
    }

    private static Optional<StoredFragment> next(Iterator<StoredFragment> fragments) {
        return fragments.hasNext() ? Optional.of(fragments.next()) : Optional.empty();
    }

    private void verify(StoredFragment stored, OpenedRecording source) throws IOException {
        if (!stored.header().range().overlaps(range)) {
            return;
        }
        fragments++;
        frames += stored.header().videoFrames();
        bytes += stored.sizeBytes();
        List<StreamConfiguration> configurations = recording.content().configurations();
        if (configurations.size() != 1) {
            report(
                    0,
                    "has %d codec configurations, 1 would be right"
                            .formatted(configurations.size()));
        } else if (stored.sizeBytes() > MAX_FRAGMENT_BYTES) {
            report(stored.offset(), "the fragment claims %d bytes".formatted(stored.sizeBytes()));
        } else {
            verifier(configurations.get(0))
                    .check(stored, read(stored, source))
                    .ifPresent(problems::add);
        }
    }

    private FragmentVerifier verifier(StreamConfiguration configuration) {
        return new FragmentVerifier(
                recording.name(),
                configuration,
                recording.content().fragments().get(0).header().start());
    }

    private MemorySource read(StoredFragment stored, OpenedRecording source) throws IOException {
        int size = (int) stored.sizeBytes();
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocate(size);
        }
        source.read(stored.offset(), buffer.clear().limit(size));
        return new MemorySource(stored.offset(), buffer.flip());
    }

    /** The box at {@code at}, where no fragment is expected; nothing if the walk ends there. */
    private Optional<BoxAt> between(OpenedRecording source, long at) throws IOException {
        if (at >= recording.content().completeBytes()) {
            checkTail(source, at);
            return Optional.empty();
        }
        Optional<BoxAt> box = BoxAt.read(source, at);
        if (box.isEmpty() || box.get().end() > recording.sizeBytes()) {
            report(at, "no box begins here");
            return Optional.empty();
        }
        if (!BETWEEN_FRAGMENTS.contains(box.get().type())) {
            report(at, "box '%s' belongs to no fragment of the index".formatted(box.get().type()));
        }
        return box;
    }

    /** A recording that nobody has finished may end in the beginning of a fragment. */
    private void checkTail(OpenedRecording source, long from) throws IOException {
        long size = recording.sizeBytes();
        if (!recording.open()) {
            report(from, "%d bytes follow the last whole box".formatted(size - from));
            return;
        }
        long at = from;
        while (size - at >= BoxAt.SHORT_HEADER_BYTES) {
            Optional<BoxAt> box = BoxAt.read(source, at);
            boolean known = box.isPresent() && IN_TORN_FRAGMENT.contains(box.get().type());
            if (!known || size - from > MAX_FRAGMENT_BYTES) {
                report(
                        from,
                        "%d bytes follow that are no beginning of a fragment"
                                .formatted(size - from));
                return;
            }
            at = box.get().end();
        }
    }

    private void report(long offset, String what) {
        problems.add(new Problem(recording.name(), offset, what));
    }
}

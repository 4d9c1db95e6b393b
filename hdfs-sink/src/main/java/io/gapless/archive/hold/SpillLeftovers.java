package io.gapless.archive.hold;

import io.gapless.media.ByteSource;
import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what dead processes left in a spill directory. The disk's thread. */
final class SpillLeftovers {
    private static final Logger LOG = LoggerFactory.getLogger(SpillLeftovers.class);

    private final SpillDisk disk;
    private final SpillClaim claim;
    private final Map<CameraId, List<HeldFragment>> found = new LinkedHashMap<>();
    private long ordinal;

    /**
     * @param ordinal of the first file taken over
     */
    SpillLeftovers(SpillDisk disk, SpillClaim claim, long ordinal) {
        this.disk = disk;
        this.claim = claim;
        this.ordinal = ordinal;
    }

    /** Moves them to this process's place; to be called once. */
    Map<CameraId, List<HeldFragment>> take() throws IOException {
        for (Path place : claim.abandoned()) {
            for (Path camera : SpillClaim.cameras(place)) {
                for (Path file : SpillClaim.files(camera)) {
                    take(file);
                }
            }
            SpillClaim.remove(place);
        }
        found.values().forEach(SpillLeftovers::arrange);
        return found;
    }

    /** What came last was spilt first. */
    private static void arrange(List<HeldFragment> camera) {
        camera.sort(Comparator.comparing(HeldFragment::start));
        for (int i = 0; i < camera.size(); i++) {
            HeldFragment fragment = camera.get(i);
            boolean follows = i > 0 && isNext(camera.get(i - 1).header(), fragment.header());
            if (!follows && fragment.header().gapBefore().isEmpty()) {
                // What was held in memory between them died with the process.
                fragment.declareGapBefore(GapCause.RECORDER_RESTART);
            }
        }
    }

    /** Of the next file. */
    long ordinal() {
        return ordinal;
    }

    private void take(Path file) throws IOException {
        Optional<Recording> recording = read(file);
        if (recording.isEmpty()
                || recording.get().fragments().size() != 1
                || recording.get().configurations().size() != 1) {
            LOG.debug("{} holds no whole fragment and is deleted", file);
            Files.delete(file);
            return;
        }
        StoredFragment stored = recording.get().fragments().get(0);
        FragmentHeader header = stored.header();
        Path own = claim.file(header.camera(), ordinal++);
        Files.createDirectories(own.getParent());
        Files.move(file, own);
        long videoBytes = stored.sizeBytes() - FragmentEncoder.headerBytes(header);
        SpillFile taken =
                new SpillFile(disk, own, (int) stored.offset(), stored.endOffset(), videoBytes);
        found.computeIfAbsent(header.camera(), unknown -> new ArrayList<>())
                .add(
                        HeldFragment.onDisk(
                                header,
                                recording.get().configurations().get(0),
                                videoBytes,
                                taken));
    }

    private static boolean isNext(FragmentHeader before, FragmentHeader header) {
        return before.run().equals(header.run()) && before.sequence() + 1 == header.sequence();
    }

    private static Optional<Recording> read(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            ByteSource source = new LocalSource(open, open.length());
            return Optional.of(Recording.read(source));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }
}

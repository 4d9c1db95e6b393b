package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.StoredFragmentReader;
import io.gapless.media.timeline.Selected;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Copies the frames of a range into one file, fragment by fragment; only fragments that are shown
 * in part are cut. At most one fragment's tables and one piece of its video are in memory. One use,
 * one thread.
 */
final class Exporter implements Closeable {
    /** Less than what is written at once. */
    private static final long FULL_BYTES = 1L << 20;

    private final Archive archive;
    private final CameraView view;
    private final ReadProgress progress;
    private Optional<OpenedRecording> source = Optional.empty();
    private long frames;
    private long leadInFrames;
    private long audioFrames;

    Exporter(Archive archive, CameraView view, ReadProgress progress) {
        this.archive = archive;
        this.view = view;
        this.progress = progress;
    }

    /** Writes beside {@code out} and renames, so that a failed export leaves nothing there. */
    ExportReport export(Path out) throws IOException {
        requireReplaceable(out);
        ExportPlan plan = ExportPlan.of(view, this::decodableAlone);
        if (plan.steps().isEmpty()) {
            throw new NothingRecordedException(
                    "archive %s holds no frame of camera %s from %s to %s"
                            .formatted(archive, camera(), plan.range().from(), plan.range().to()));
        }
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            long bytes = written(plan, part);
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
            return report(plan, bytes);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A directory or a device must not give way to the file. */
    private static void requireReplaceable(Path out) throws IOException {
        if (Files.exists(out) && !Files.isRegularFile(out)) {
            throw new IOException("%s is no file; name a file to write".formatted(out));
        }
        Path directory = out.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException(
                    "%s cannot be written: there is no directory %s".formatted(out, directory));
        }
    }

    /** {@link #write}, and if there is no room left, says where. */
    private long written(ExportPlan plan, Path part) throws IOException {
        try {
            return write(plan, part);
        } catch (IOException e) {
            Path directory = part.toAbsolutePath().getParent();
            if (Files.getFileStore(directory).getUsableSpace() < FULL_BYTES) {
                throw new IOException(
                        "%s is full; free some space or export to another place"
                                .formatted(directory),
                        e);
            }
            throw e;
        }
    }

    private ExportReport report(ExportPlan plan, long bytes) {
        long promised = view.timeline().frames();
        if (frames != promised) {
            throw new IllegalStateException(
                    "export of camera %s holds %d frames, its timeline promises %d"
                            .formatted(camera(), frames, promised));
        }
        return new ExportReport(
                camera(),
                plan.range(),
                frames,
                leadInFrames,
                audioFrames,
                bytes,
                view.timeline().gaps());
    }

    private long write(ExportPlan plan, Path part) throws IOException {
        long total = plan.steps().stream().mapToLong(s -> s.fragment().stored().sizeBytes()).sum();
        long done = 0;
        try (FileChannel channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ExportFile file = new ExportFile(channel, configurations(plan));
            for (ExportPlan.Step step : plan.steps()) {
                OpenedRecording recording = open(step.fragment().recording());
                FragmentCut cut =
                        FragmentCut.of(
                                StoredFragmentReader.read(recording, step.fragment().stored()),
                                step.audioRateHz(),
                                step.stays(),
                                step.soundStays());
                file.append(cut, step.configuration(), recording);
                count(cut, plan);
                done += step.fragment().stored().sizeBytes();
                progress.onProgress(camera(), done, total);
            }
            return file.finish();
        }
    }

    private static List<StreamConfiguration> configurations(ExportPlan plan) {
        return plan.steps().stream().map(ExportPlan.Step::configuration).distinct().toList();
    }

    private void count(FragmentCut cut, ExportPlan plan) {
        for (MediaTime time : cut.presentationTimes()) {
            if (plan.range().contains(time)) {
                frames++;
            } else {
                leadInFrames++;
            }
        }
        audioFrames += cut.audioFrames();
    }

    /**
     * Leading pictures, presented before the key frame that they follow in decoding order, need the
     * key frame before it (H.265 7.4.2.2, RASL; open GOPs of H.264 likewise).
     */
    private boolean decodableAlone(Selected<ArchivedFragment> selected) throws IOException {
        ArchivedFragment fragment = selected.fragment();
        if (!fragment.header().startsWithKeyFrame()) {
            return false;
        }
        FragmentContents contents =
                StoredFragmentReader.read(open(fragment.recording()), fragment.stored());
        MediaTime[] times = contents.presentationTimes();
        for (MediaTime time : times) {
            if (time.isBefore(times[0]) && selected.part().contains(time)) {
                return false;
            }
        }
        return true;
    }

    private OpenedRecording open(IndexedRecording recording) throws IOException {
        if (source.isEmpty() || !source.get().isOf(recording)) {
            close();
            source = Optional.of(OpenedRecording.open(archive, recording.entry()));
        }
        return source.get();
    }

    private CameraId camera() {
        return view.timeline().camera();
    }

    @Override
    public void close() throws IOException {
        if (source.isPresent()) {
            OpenedRecording opened = source.get();
            source = Optional.empty();
            opened.close();
        }
    }
}

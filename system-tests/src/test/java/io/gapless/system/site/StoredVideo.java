package io.gapless.system.site;

import io.gapless.system.frames.Mark;
import io.gapless.system.frames.VideoFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The recordings of an archive as anybody finds them with Hadoop and FFmpeg: growing ones, finished
 * ones, and what dead writers left.
 */
public final class StoredVideo implements AutoCloseable {
    /**
     * A frame of the archive.
     *
     * @param time presentation time by the recording's name and its time stamp, to 1 ms
     */
    public record StoredFrame(Mark mark, Instant time, boolean key) {}

    private static final String OPEN = ".open";

    private final FileSystem files;
    private final org.apache.hadoop.fs.Path recordings;
    private final Path scratch;
    private final Map<String, List<StoredFrame>> finished = new HashMap<>();

    /**
     * @param archive the root, or any other path of its file system
     */
    public StoredVideo(URI archive, Path scratch) throws IOException {
        this.files = FileSystem.newInstance(archive, new Configuration());
        this.recordings = new org.apache.hadoop.fs.Path(archive.resolve("/gapless/recordings"));
        this.scratch = Files.createDirectories(scratch);
    }

    /** All frames of a camera in the order of their recordings' names, then of the files. */
    public List<StoredFrame> frames(String camera) throws IOException {
        while (true) {
            try {
                List<StoredFrame> frames = new ArrayList<>();
                for (org.apache.hadoop.fs.Path recording : recordings(camera)) {
                    frames.addAll(frames(recording));
                }
                return frames;
            } catch (FileNotFoundException e) {
                // Finished, and so renamed, since it was listed.
            }
        }
    }

    private List<org.apache.hadoop.fs.Path> recordings(String camera) throws IOException {
        org.apache.hadoop.fs.Path pattern =
                new org.apache.hadoop.fs.Path(recordings, "*/" + camera + "/*.mp4*");
        FileStatus[] found = files.globStatus(pattern);
        List<org.apache.hadoop.fs.Path> paths = new ArrayList<>();
        for (FileStatus status : found == null ? new FileStatus[0] : found) {
            paths.add(status.getPath());
        }
        paths.sort(Comparator.comparing(Object::toString));
        return paths;
    }

    private List<StoredFrame> frames(org.apache.hadoop.fs.Path recording) throws IOException {
        String name = recording.toString();
        if (finished.containsKey(name)) {
            return finished.get(name);
        }
        Path copy = scratch.resolve("copy.mp4");
        try (InputStream in = files.open(recording)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        List<StoredFrame> frames = Files.size(copy) == 0 ? List.of() : frames(recording, copy);
        if (!name.endsWith(OPEN)) {
            finished.put(name, frames);
        }
        return frames;
    }

    /**
     * A recording starts at its first frame. FFmpeg delays presentation times for negative
     * composition offsets (mov.c, dts_shift), so they are counted from the least.
     */
    private static List<StoredFrame> frames(org.apache.hadoop.fs.Path recording, Path copy) {
        Instant start = start(recording);
        List<VideoFile.Frame> frames = VideoFile.read(copy).frames();
        long first = frames.stream().mapToLong(VideoFile.Frame::ticks90k).min().orElse(0);
        return frames.stream().map(frame -> stored(frame, start, first)).toList();
    }

    private static StoredFrame stored(VideoFile.Frame frame, Instant start, long firstTicks90k) {
        long ticks90k = frame.ticks90k() - firstTicks90k;
        return new StoredFrame(frame.mark(), start.plusNanos(ticks90k * 100_000 / 9), frame.key());
    }

    /** {@code …/2026-11-22/CAMERA/142233.500Z-EPOCH.mp4}. */
    private static Instant start(org.apache.hadoop.fs.Path recording) {
        String day = recording.getParent().getParent().getName();
        String name = recording.getName();
        return Instant.parse(
                "%sT%s:%s:%sZ"
                        .formatted(
                                day,
                                name.substring(0, 2),
                                name.substring(2, 4),
                                name.substring(4, 10)));
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}

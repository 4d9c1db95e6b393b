package io.gapless.system.backfill;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.IOUtils;

/**
 * All that stands in an archive, whoever wrote it and however often, as Hadoop's client and {@link
 * FragmentBoxes} find it. Everything is read once.
 */
public final class RawArchive implements AutoCloseable {
    private static final String OPEN = ".open";
    private static final int COPY_BYTES = 1 << 16;

    private final FileSystem files;
    private final org.apache.hadoop.fs.Path recordings;
    private final Path scratch;
    private final Map<String, Known> read = new HashMap<>();

    /**
     * @param root of the archive; {@code recordings} stands below it
     */
    public RawArchive(URI root, Path scratch) throws IOException {
        this.files = FileSystem.newInstance(root, new Configuration());
        this.recordings =
                new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(root), "recordings");
        this.scratch = Files.createDirectories(scratch);
    }

    /** Every fragment of a camera. */
    public List<RawFragment> fragments(String camera) throws IOException {
        while (true) {
            try {
                List<RawFragment> fragments = new ArrayList<>();
                for (FileStatus recording : recordings(camera)) {
                    fragments.addAll(fragments(recording.getPath()));
                }
                return fragments;
            } catch (FileNotFoundException e) {
                // Finished, and so renamed, since it was listed.
            }
        }
    }

    private FileStatus[] recordings(String camera) throws IOException {
        FileStatus[] found =
                files.globStatus(
                        new org.apache.hadoop.fs.Path(recordings, "*/" + camera + "/*.mp4*"));
        return found == null ? new FileStatus[0] : found;
    }

    private List<RawFragment> fragments(org.apache.hadoop.fs.Path recording) throws IOException {
        String path = recording.toString();
        boolean open = path.endsWith(OPEN);
        String name = open ? path.substring(0, path.length() - OPEN.length()) : path;
        Known known = read.getOrDefault(name, Known.NOTHING);
        if (!known.finished()) {
            known = known.and(copied(recording, known), !open);
            read.put(name, known);
        }
        return known.fragments();
    }

    /** What is new in a recording, behind its head. */
    private FragmentBoxes.Contents copied(org.apache.hadoop.fs.Path recording, Known known)
            throws IOException {
        Path copy = scratch.resolve("raw.mp4");
        try (FSDataInputStream in = files.open(recording);
                OutputStream out = Files.newOutputStream(copy)) {
            IOUtils.copyBytes(in, out, known.headBytes(), false);
            in.seek(known.wholeBytes());
            IOUtils.copyBytes(in, out, COPY_BYTES, false);
        }
        return FragmentBoxes.read(copy);
    }

    /**
     * What has been read of a recording.
     *
     * @param headBytes before its first fragment
     * @param wholeBytes up to the end of the last whole fragment
     */
    private record Known(
            List<RawFragment> fragments, long headBytes, long wholeBytes, boolean finished) {
        static final Known NOTHING = new Known(List.of(), 0, 0, false);

        Known and(FragmentBoxes.Contents more, boolean last) {
            if (more.fragments().isEmpty()) {
                return new Known(fragments, headBytes, wholeBytes, last);
            }
            List<RawFragment> all = new ArrayList<>(fragments);
            all.addAll(more.fragments());
            return headBytes == 0
                    ? new Known(all, more.headBytes(), more.wholeBytes(), last)
                    : new Known(all, headBytes, wholeBytes + more.wholeBytes() - headBytes, last);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}

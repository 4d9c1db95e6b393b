package io.gapless.system.backfill;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * All that stands in an archive, whoever wrote it and however often, as Hadoop's client and {@link
 * FragmentBoxes} find it. Finished recordings are read once.
 */
public final class RawArchive implements AutoCloseable {
    private static final String OPEN = ".open";

    private final FileSystem files;
    private final org.apache.hadoop.fs.Path recordings;
    private final Path scratch;
    private final Map<String, List<RawFragment>> finished = new HashMap<>();

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
        String name = recording.toString();
        List<RawFragment> known = finished.get(name);
        if (known != null) {
            return known;
        }
        Path copy = scratch.resolve("raw.mp4");
        try (InputStream in = files.open(recording)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        List<RawFragment> fragments = FragmentBoxes.read(copy);
        if (!name.endsWith(OPEN)) {
            finished.put(name, fragments);
        }
        return fragments;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}

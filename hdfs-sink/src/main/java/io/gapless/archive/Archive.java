package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * All recordings under one root, and the file system they lie on. Each archive has a file system
 * object of its own, so nobody else can close it, and closing it disturbs nobody. Safe for any
 * number of threads.
 */
public final class Archive implements AutoCloseable {
    private final URI root;
    private final FileSystem fileSystem;
    private final RecordingOutputs outputs;
    private final ArchiveLayout layout;

    private Archive(URI root, FileSystem fileSystem) {
        this.root = root;
        this.fileSystem = fileSystem;
        this.outputs = new RecordingOutputs(fileSystem);
        this.layout = new ArchiveLayout(new Path(root));
    }

    /**
     * Opens an archive to read it. Takes at most about 15 s.
     *
     * @param root of any Hadoop file system; {@code file:} means the local one without checksums
     * @param configuration what the client is to know; where it is silent, our settings hold
     *     ({@code docs/operations.md})
     * @throws IOException with one sentence for people if the root's file system cannot be reached
     */
    public static Archive open(URI root, Configuration configuration) throws IOException {
        Configuration tuned = ClientSettings.tuned(root, configuration);
        ArchiveProbe.reachable(root, ClientSettings.impatient(tuned));
        return connect(root, tuned);
    }

    /**
     * Opens an archive to write into it: as {@link #open}, and a file is created to see that what
     * is written can be made durable ({@code hflush}); erasure-coded directories cannot do that.
     */
    public static Archive openForWriting(URI root, Configuration configuration) throws IOException {
        Configuration tuned = ClientSettings.tuned(root, configuration);
        ArchiveProbe.writable(root, ClientSettings.impatient(tuned));
        return connect(root, tuned);
    }

    /**
     * As {@link #open(URI, Configuration)}, for callers that know no Hadoop.
     *
     * @param hadoop settings added to what the client's own files say
     */
    public static Archive open(URI root, Map<String, String> hadoop) throws IOException {
        return open(root, configuration(hadoop));
    }

    /** As {@link #openForWriting(URI, Configuration)}, for callers that know no Hadoop. */
    public static Archive openForWriting(URI root, Map<String, String> hadoop) throws IOException {
        return openForWriting(root, configuration(hadoop));
    }

    private static Configuration configuration(Map<String, String> hadoop) {
        Configuration configuration = new Configuration();
        hadoop.forEach(configuration::set);
        return configuration;
    }

    private static Archive connect(URI root, Configuration tuned) throws IOException {
        return on(root, ClientSettings.newFileSystem(root, tuned));
    }

    /** An archive on a file system that it takes over. */
    static Archive on(URI root, FileSystem fileSystem) {
        return new Archive(
                requireNonNull(root, "root is null"),
                requireNonNull(fileSystem, "fileSystem is null"));
    }

    public URI root() {
        return root;
    }

    public FileSystem fileSystem() {
        return fileSystem;
    }

    public ArchiveLayout layout() {
        return layout;
    }

    /** Creates the file of a recording. */
    RecordingOutput create(Path path, ArchiveWriterOptions options) throws IOException {
        return outputs.create(path, options);
    }

    /** Opens a file of the archive for reading. */
    public ArchiveFile read(Path path) throws IOException {
        return ArchiveFile.open(fileSystem, path);
    }

    @Override
    public void close() throws IOException {
        outputs.close();
        fileSystem.close();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}

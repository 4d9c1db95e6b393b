package io.gapless.job.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that {@code nvr up} keeps:
 *
 * <pre>
 * DIR/hdfs         blocks and name space of the embedded HDFS
 * DIR/primary      checkpoints and savepoints of the primary
 * DIR/logs         one log a process
 * DIR/run          process ids, addresses, the catalogue of the simulated cameras
 * </pre>
 *
 * @param root need not exist yet
 */
public record DataDirectory(Path root) {
    /** The processes of {@code nvr up}; the lower-case name stands in file names. */
    public enum Role {
        HDFS,
        SIMULATOR,
        PRIMARY;

        public String fileName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DataDirectory {
        requireNonNull(root, "root is null");
        root = root.toAbsolutePath().normalize();
    }

    public void create() throws IOException {
        for (Path directory : new Path[] {hdfs(), primary(), logs(), run(), temporary()}) {
            Files.createDirectories(directory);
        }
    }

    public Path hdfs() {
        return root.resolve("hdfs");
    }

    public Path primary() {
        return root.resolve("primary");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path temporary() {
        return root.resolve("tmp");
    }

    /** Holds nothing that outlives the process: emptied at each start. */
    public Path temporary(Role role) {
        return temporary().resolve(role.fileName());
    }

    public Path log(Role role) {
        return logs().resolve(role.fileName() + ".log");
    }

    public Path pidFile(Role role) {
        return run().resolve(role.fileName() + ".pid");
    }

    /** Held by the one {@code nvr up} of this directory. */
    public Path lockFile() {
        return run().resolve("up.lock");
    }

    public Path simulatedCatalogue() {
        return run().resolve("simulated-cameras.yaml");
    }

    public Path recorderConfiguration() {
        return run().resolve("recorder.yaml");
    }

    /** Where the embedded HDFS listens, while it is ready. */
    public Path hdfsAddressFile() {
        return run().resolve("hdfs.address");
    }

    /** The archive's root URI, if it is not in the embedded HDFS. */
    public Path externalArchiveFile() {
        return run().resolve("archive");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** Reads a one-line file; absent if there is none. */
    public static Optional<String> readLine(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes a one-line file so that a reader sees all of it or none. */
    public static void writeLine(Path file, String line) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, line + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

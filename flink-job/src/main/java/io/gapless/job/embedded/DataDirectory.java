package io.gapless.job.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Everything that {@code nvr up} keeps:
 *
 * <pre>
 * DIR/hdfs         blocks and name space of the embedded HDFS
 * DIR/primary      checkpoints and savepoints of the primary
 * DIR/replica      those of the replica
 * DIR/ring         the replica's video; a second replica has replica2 and ring2
 * DIR/logs         one log a process
 * DIR/run          process ids, addresses, configurations, the rings' secret
 * </pre>
 *
 * @param root need not exist yet
 */
public record DataDirectory(Path root) {
    public DataDirectory {
        requireNonNull(root, "root is null");
        root = root.toAbsolutePath().normalize();
    }

    public void create() throws IOException {
        for (Path directory : new Path[] {hdfs(), logs(), run(), temporary()}) {
            Files.createDirectories(directory);
        }
    }

    public Path hdfs() {
        return root.resolve("hdfs");
    }

    /** Checkpoints and savepoints of a recorder. */
    public Path state(Member recorder) {
        return root.resolve(recorder.name());
    }

    /** Where the primary puts video aside while the archive takes none. */
    Path spill() {
        return root.resolve("spill");
    }

    /** The video that a replica holds. */
    public Path ring(Member replica) {
        return root.resolve("ring" + replica.suffix());
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path temporary() {
        return root.resolve("tmp");
    }

    /** Holds nothing that outlives the process: emptied at each start. */
    public Path temporary(Member member) {
        return temporary().resolve(member.name());
    }

    public Path log(Member member) {
        return logs().resolve(member.name() + ".log");
    }

    public Path pidFile(Member member) {
        return run().resolve(member.name() + ".pid");
    }

    /** Held by the one {@code nvr up} of this directory. */
    public Path lockFile() {
        return run().resolve("up.lock");
    }

    public Path simulatedCatalogue() {
        return run().resolve("simulated-cameras.yaml");
    }

    /** What a recorder is told. */
    public Path configuration(Member recorder) {
        String name = recorder.equals(Member.PRIMARY) ? "recorder" : recorder.name();
        return run().resolve(name + ".yaml");
    }

    /** What the rings and the primary alone know; for the owner's eyes only. */
    public Path ringSecret() {
        return run().resolve("ring.secret");
    }

    /** Where the embedded HDFS listens, while it is ready. */
    public Path hdfsAddressFile() {
        return run().resolve("hdfs.address");
    }

    /** Where a recorder's Flink answers, while it runs. */
    public Path webUiFile(Member recorder) {
        return run().resolve(recorder.name() + ".web");
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

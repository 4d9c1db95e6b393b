package io.gapless.job.cli;

import io.gapless.archive.Archive;
import io.gapless.archive.Leftovers;
import io.gapless.job.embedded.ChildProcess;
import io.gapless.job.embedded.DataDirectory;
import io.gapless.job.embedded.HdfsProcess;
import io.gapless.job.embedded.Member;
import io.gapless.job.embedded.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which archive a command reads; starts the embedded HDFS of a data directory if it is down. */
final class ArchiveOptions {
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "nvr-data",
            description = "Directory of `nvr up` (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory;

    @Option(
            names = "--archive",
            paramLabel = "URI",
            description = "Root of the archive on any Hadoop file system, instead of --data.")
    private Optional<URI> archive;

    /** Whatever has to be closed after reading: the archive, and the HDFS if we started it. */
    record OpenArchive(Archive archive, Optional<Started> started) implements AutoCloseable {
        record Started(DataDirectory data, ChildProcess hdfs) {}

        @Override
        public void close() throws IOException {
            archive.close();
            if (started.isPresent()) {
                started.get().hdfs().stop(started.get().data(), HdfsProcess.STOP_PATIENCE);
            }
        }
    }

    DataDirectory data() {
        return new DataDirectory(dataDirectory);
    }

    Optional<URI> archive() {
        return archive;
    }

    /**
     * Opens the archive for reading.
     *
     * @throws IOException with one sentence if there is none
     */
    OpenArchive open() throws IOException {
        if (archive.isPresent()) {
            return attached(archive.get());
        }
        DataDirectory data = data();
        if (!Files.isDirectory(data.run())) {
            throw new IOException(
                    "there are no recordings in %s; record with `nvr up --data %s` or name an --archive"
                            .formatted(data.root(), dataDirectory));
        }
        Optional<URI> running =
                DataDirectory.readLine(data.externalArchiveFile())
                        .map(URI::create)
                        .or(() -> HdfsProcess.archive(data));
        return running.isPresent() ? attached(running.get()) : started(data);
    }

    private static OpenArchive attached(URI root) throws IOException {
        return new OpenArchive(Archive.open(root, Map.of()), Optional.empty());
    }

    private static OpenArchive started(DataDirectory data) throws IOException {
        System.err.println("Starting the HDFS in " + data.hdfs() + " ...");
        data.create();
        Supervisor.endLeftover(data, Member.HDFS);
        ChildProcess hdfs = HdfsProcess.launchAnywhere().start(data);
        try {
            URI root = HdfsProcess.awaitArchive(data, hdfs);
            // We started HDFS, so no recorder is at work.
            Leftovers.finish(root, Map.of(), RECOVERY_LIMIT);
            return new OpenArchive(
                    Archive.open(root, Map.of()), Optional.of(new OpenArchive.Started(data, hdfs)));
        } catch (IOException | RuntimeException e) {
            hdfs.stop(data, HdfsProcess.STOP_PATIENCE);
            throw e;
        }
    }
}

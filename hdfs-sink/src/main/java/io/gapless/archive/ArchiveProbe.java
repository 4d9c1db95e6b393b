package io.gapless.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;

/** Finds out in bounded time whether a root can be used, and says in one sentence why not. */
final class ArchiveProbe {
    /** The name of the capability; its constant in Hadoop is deprecated. */
    private static final String HFLUSH = "hflush";

    private static final int PATIENCE_SECONDS = 15;

    private static final String PREFIX = ".probe-";

    /** Older ones belong to nobody any more: far past {@link #PATIENCE_SECONDS}. */
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

    private ArchiveProbe() {}

    /** Something to try on a file system. */
    private interface Attempt {
        void on(FileSystem fileSystem) throws IOException;
    }

    static void reachable(URI root, Configuration configuration) throws IOException {
        probe(root, configuration, fileSystem -> look(fileSystem, new Path(root)));
    }

    static void writable(URI root, Configuration configuration) throws IOException {
        probe(root, configuration, fileSystem -> writeIn(fileSystem, new Path(root)));
    }

    private static void look(FileSystem fileSystem, Path root) throws IOException {
        try {
            fileSystem.getFileStatus(root);
        } catch (FileNotFoundException e) {
            // An archive nobody has written to yet; the file system answered, which is enough.
            return;
        }
    }

    private static void writeIn(FileSystem fileSystem, Path root) throws IOException {
        Path recordings = new ArchiveLayout(root).recordings();
        Path file = new Path(recordings, PREFIX + UUID.randomUUID());
        try (FSDataOutputStream out = fileSystem.create(file, false)) {
            if (!out.hasCapability(HFLUSH)) {
                throw new IOException(
                        "its files cannot be flushed (hflush), so video would be lost in silence;"
                                + " erasure-coded directories and object stores cannot hold an archive");
            }
            deleteLeftBehind(fileSystem, file);
        } finally {
            fileSystem.delete(file, false);
        }
    }

    /** By preflights that could not delete theirs: by the store's clock, not by ours. */
    private static void deleteLeftBehind(FileSystem fileSystem, Path own) throws IOException {
        long now = fileSystem.getFileStatus(own).getModificationTime();
        for (FileStatus probe :
                fileSystem.listStatus(own.getParent(), path -> path.getName().startsWith(PREFIX))) {
            if (now - probe.getModificationTime() > LEFT_BEHIND.toMillis()) {
                fileSystem.delete(probe.getPath(), false);
            }
        }
    }

    private static void probe(URI root, Configuration configuration, Attempt attempt)
            throws IOException {
        FutureTask<Void> probe =
                new FutureTask<>(
                        () -> {
                            try (FileSystem own =
                                    ClientSettings.newFileSystem(root, configuration)) {
                                attempt.on(own);
                            }
                            return null;
                        });
        Thread thread = new Thread(probe, "archive-probe");
        thread.setDaemon(true);
        thread.start();
        try {
            probe.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unusable(root, reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            probe.cancel(true);
            throw unusable(root, "no answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            probe.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private static IOException unusable(URI root, String reason, Throwable cause) {
        return new IOException("archive %s cannot be used: %s".formatted(root, reason), cause);
    }

    /** The first line of the innermost message, without Hadoop's links and stack traces. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && !(innermost instanceof RemoteException)) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null
                ? innermost.getClass().getSimpleName()
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("; For more details see:.*", "");
    }
}

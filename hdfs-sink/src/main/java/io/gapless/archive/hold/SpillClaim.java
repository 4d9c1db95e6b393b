package io.gapless.archive.hold;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's own place in a spill directory: {@code UUID/CAMERA/NUMBER.mp4}, and a lock by which
 * others see that it lives. One thread.
 */
final class SpillClaim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpillClaim.class);
    private static final String LOCK = "lock";

    /** While it is being made. */
    private static final String UNFINISHED = ".new";

    /**
     * Places of this process. Their lock files must not be opened a second time: closing any
     * descriptor of a file gives up the process's locks on it (POSIX fcntl).
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path place;
    private final FileChannel lock;

    private SpillClaim(Path place, FileChannel lock) {
        this.place = place;
        this.lock = lock;
    }

    static SpillClaim make(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path place = directory.toRealPath().resolve(UUID.randomUUID().toString());
        OWN.add(place);
        try {
            Path unfinished = place.resolveSibling(place.getFileName() + UNFINISHED);
            Files.createDirectory(unfinished);
            FileChannel lock = lock(unfinished).orElseThrow(() -> new IOException("no lock"));
            Files.move(unfinished, place);
            return new SpillClaim(place, lock);
        } catch (IOException e) {
            OWN.remove(place);
            throw e;
        }
    }

    private static Optional<FileChannel> lock(Path place) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        place.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return Optional.of(channel);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    Path file(CameraId camera, long number) {
        return place.resolve(camera.value()).resolve(number + ".mp4");
    }

    /** Places beside this one whose process is dead. */
    List<Path> abandoned() throws IOException {
        try (Stream<Path> places = Files.list(place.getParent())) {
            return places.filter(Files::isDirectory)
                    .filter(other -> !OWN.contains(other))
                    .filter(other -> !other.getFileName().toString().endsWith(UNFINISHED))
                    .filter(SpillClaim::isDead)
                    .toList();
        }
    }

    private static boolean isDead(Path place) {
        try {
            Optional<FileChannel> lock = lock(place);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isPresent();
        } catch (IOException e) {
            LOG.debug("{} is left alone", place, e);
            return false;
        }
    }

    /** Cameras' directories in a place. */
    static List<Path> cameras(Path place) throws IOException {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    /** Files of a camera, in no order. */
    static List<Path> files(Path camera) throws IOException {
        try (Stream<Path> entries = Files.list(camera)) {
            return entries.toList();
        }
    }

    /** Removes a place without video; one that holds any stays. */
    static void remove(Path place) {
        try {
            for (Path camera : cameras(place)) {
                Files.delete(camera);
            }
            Files.deleteIfExists(place.resolve(LOCK));
            Files.delete(place);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} holds video", place);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} could not be removed", place, e);
        }
    }

    @Override
    public void close() {
        try {
            remove(place);
            lock.close();
        } catch (IOException e) {
            LOG.debug("{} could not be unlocked", place, e);
        } finally {
            OWN.remove(place);
        }
    }
}

package io.gapless.archive.hold;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import java.util.Optional;

/**
 * A fragment that the archive has not acknowledged, in memory or on a local disk. While it waits it
 * is guarded by its {@link VideoHold}; once {@linkplain HeldEvents#poll taken}, what is public here
 * may be used by whoever took it.
 */
public final class HeldFragment implements HeldEvent {
    private final StreamConfiguration configuration;
    private final long sizeBytes;
    private FragmentHeader header;
    private Optional<Fragment> memory;
    private Optional<SpillFile> file;

    /** Somebody writes it into the archive. */
    private boolean taken;

    /** A disk's thread reads it from memory. */
    private boolean spilling;

    /** Nobody wants it any more, but for the disk's thread that still reads it. */
    private boolean released;

    private HeldFragment(
            FragmentHeader header,
            StreamConfiguration configuration,
            long sizeBytes,
            Optional<Fragment> memory,
            Optional<SpillFile> file) {
        this.header = header;
        this.configuration = configuration;
        this.sizeBytes = sizeBytes;
        this.memory = memory;
        this.file = file;
    }

    static HeldFragment inMemory(Fragment fragment) {
        return new HeldFragment(
                fragment.header(),
                fragment.configuration(),
                fragment.sizeBytes(),
                Optional.of(fragment),
                Optional.empty());
    }

    /** Of which only the disk knows, as its process has died. */
    static HeldFragment onDisk(
            FragmentHeader header,
            StreamConfiguration configuration,
            long sizeBytes,
            SpillFile file) {
        return new HeldFragment(
                header, configuration, sizeBytes, Optional.empty(), Optional.of(file));
    }

    public FragmentHeader header() {
        return header;
    }

    public StreamConfiguration configuration() {
        return configuration;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Opens it to be read. */
    public FragmentBytes open() throws SpillLostException {
        return file.isPresent()
                ? SpilledBytes.open(file.get(), header, configuration)
                : new MemoryBytes(memory.orElseThrow(), header);
    }

    void declareGapBefore(GapCause cause) {
        header = header.withGapBefore(Optional.of(cause));
    }

    MediaTime start() {
        return header.start();
    }

    boolean isInMemory() {
        return memory.isPresent();
    }

    boolean isSpilling() {
        return spilling;
    }

    void take() {
        taken = true;
    }

    void putBack() {
        taken = false;
    }

    /** To be followed by {@link #spilled} or {@link #notSpilled}. */
    MemoryBytes beginSpilling() {
        spilling = true;
        return new MemoryBytes(memory.orElseThrow(), header);
    }

    /**
     * @return whether it lies on the disk now; if not, the file is of no use
     */
    boolean spilled(SpillFile written) {
        notSpilled();
        if (released || taken) {
            return false;
        }
        memory.orElseThrow().release();
        memory = Optional.empty();
        file = Optional.of(written);
        return true;
    }

    void notSpilled() {
        spilling = false;
        if (released) {
            release();
        }
    }

    /** Gives back what it takes, on the disk too. Once. */
    void release() {
        released = true;
        if (!spilling) {
            memory.ifPresent(Fragment::release);
            memory = Optional.empty();
            file.ifPresent(lying -> lying.disk().discard(lying));
            file = Optional.empty();
        }
    }

    /** Gives back its memory, but leaves its file to whoever comes next. */
    void abandon() {
        file = Optional.empty();
        release();
    }
}

package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.Fragment;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.RunEndBox;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.layout.RecordingName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** Puts recordings into an archive without its writer. */
final class HandMadeArchive {
    /** How a recording ends. */
    enum Ending {
        INDEXED,
        UNINDEXED,
        OPEN
    }

    private final Archive archive;
    private int ordinal;

    HandMadeArchive(Archive archive) {
        this.archive = archive;
    }

    Path add(Ending ending, List<Fragment> fragments, Interruption... ends) throws IOException {
        return write(ending, fragments, bytes(ending, fragments, ends));
    }

    /** Writes {@code bytes} under the name that a recording of these fragments has. */
    Path write(Ending ending, List<Fragment> fragments, byte[] bytes) throws IOException {
        Path path = path(ending, fragments.get(0));
        try (FSDataOutputStream out = archive.fileSystem().create(path, true)) {
            out.write(bytes);
        }
        return path;
    }

    Path path(Ending ending, Fragment first) {
        RecordingName name =
                RecordingName.of(first.header().start().toInstant(), "test", ordinal++);
        Kind kind = ending == Ending.OPEN ? Kind.OPEN_RECORDING : Kind.RECORDING;
        return archive.layout().path(new ArchiveEntry(first.header().camera(), name, kind));
    }

    static byte[] bytes(Ending ending, List<Fragment> fragments, Interruption... ends) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Fragment first = fragments.get(0);
        MediaTime start = first.header().start();
        out.writeBytes(InitializationSegment.encode(List.of(first.configuration())));
        List<StoredFragment> stored = new ArrayList<>();
        for (Fragment fragment : fragments) {
            int offset = out.size();
            write(out, FragmentEncoder.header(fragment, start, stored.size() + 1));
            fragment.views().forEach(view -> write(out, view));
            stored.add(new StoredFragment(fragment.header(), offset, out.size() - offset));
        }
        for (Interruption end : ends) {
            write(out, RunEndBox.encode(end));
        }
        if (ending == Ending.INDEXED) {
            write(
                    out,
                    RecordingTrailer.encode(stored, List.of(ends), first.configuration(), start));
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}

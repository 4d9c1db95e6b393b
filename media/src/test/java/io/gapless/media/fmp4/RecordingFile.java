package io.gapless.media.fmp4;

import io.gapless.media.Fragment;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A recording made in memory as the archive's writer makes one, for tests. */
final class RecordingFile {
    final List<StoredFragment> fragments = new ArrayList<>();
    final List<Interruption> interruptions = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StreamConfiguration configuration;
    private final MediaTime start;

    RecordingFile(StreamConfiguration configuration, MediaTime start) {
        this.configuration = configuration;
        this.start = start;
        out.writeBytes(InitializationSegment.encode(List.of(configuration)));
    }

    static RecordingFile of(List<Fragment> fragments) {
        RecordingFile file =
                new RecordingFile(
                        fragments.get(0).configuration(), fragments.get(0).header().start());
        fragments.forEach(file::append);
        return file;
    }

    void append(Fragment fragment) {
        long offset = out.size();
        write(FragmentEncoder.header(fragment, start, fragments.size() + 1));
        fragment.views().forEach(this::write);
        fragments.add(new StoredFragment(fragment.header(), offset, out.size() - offset));
    }

    void append(Interruption interruption) {
        write(RunEndBox.encode(interruption));
        interruptions.add(interruption);
    }

    void finish() {
        write(RecordingTrailer.encode(fragments, interruptions, configuration, start));
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}

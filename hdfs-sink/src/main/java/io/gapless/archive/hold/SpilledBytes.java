package io.gapless.archive.hold;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.FragmentEncoder.SideSamples;
import io.gapless.media.fmp4.StoredFragmentReader;
import io.gapless.media.fmp4.Tracks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fragment on a local disk under a header that may differ from the one stored. Read without a
 * channel: an interrupt, which is meant for the archive's slowness, must not look like a fault of
 * the disk.
 */
final class SpilledBytes implements FragmentBytes {
    private static final Logger LOG = LoggerFactory.getLogger(SpilledBytes.class);

    private static final int PIECE_BYTES = 64 * 1024;

    private final SpillFile spilled;
    private final FragmentHeader header;
    private final StreamConfiguration configuration;
    private final RandomAccessFile file;
    private final FragmentContents contents;

    private SpilledBytes(
            SpillFile spilled,
            FragmentHeader header,
            StreamConfiguration configuration,
            RandomAccessFile file,
            FragmentContents contents) {
        this.spilled = spilled;
        this.header = header;
        this.configuration = configuration;
        this.file = file;
        this.contents = contents;
    }

    /**
     * @throws SpillLostException if what stands there is not the fragment
     */
    static SpilledBytes open(
            SpillFile spilled, FragmentHeader header, StreamConfiguration configuration)
            throws SpillLostException {
        try {
            RandomAccessFile file = new RandomAccessFile(spilled.path().toFile(), "r");
            try {
                FragmentContents contents =
                        StoredFragmentReader.read(
                                new LocalSource(file, file.length()), spilled.stored(header));
                return new SpilledBytes(spilled, header, configuration, file, contents);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SpillLostException(spilled.path(), e);
        }
    }

    @Override
    public ByteBuffer boxes(MediaTime recordingStart, int moofSequence) {
        return FragmentEncoder.header(
                header,
                contents.video(),
                contents.audio().map(SideSamples::of),
                contents.metadata().map(SideSamples::of),
                Tracks.of(configuration),
                recordingStart,
                moofSequence);
    }

    @Override
    public void copyTo(ByteSink out) throws IOException {
        long left = spilled.sizeBytes() - contents.videoDataOffset();
        seek(contents.videoDataOffset());
        while (left > 0) {
            byte[] piece = new byte[(int) Math.min(left, PIECE_BYTES)];
            read(piece);
            out.write(ByteBuffer.wrap(piece));
            left -= piece.length;
        }
    }

    private void seek(long position) throws SpillLostException {
        try {
            file.seek(position);
        } catch (IOException e) {
            throw new SpillLostException(spilled.path(), e);
        }
    }

    private void read(byte[] piece) throws SpillLostException {
        try {
            file.readFully(piece);
        } catch (IOException e) {
            throw new SpillLostException(spilled.path(), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("{} could not be closed", spilled.path(), e);
        }
    }
}

package io.gapless.archive.read;

import io.gapless.media.ByteSource;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.FragmentDigest;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.fmp4.Tracks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The file an export becomes: a recording like those of the archive, save that it may have several
 * configurations and reach beyond its hour. Time counts from its first frame. One thread.
 */
final class ExportFile {
    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel channel;
    private final List<StreamConfiguration> configurations;
    private final List<Tracks> tracks;
    private final List<StoredFragment> written = new ArrayList<>();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

    ExportFile(FileChannel channel, List<StreamConfiguration> configurations) throws IOException {
        this.channel = channel;
        this.configurations = configurations;
        this.tracks = Tracks.of(configurations);
        writeAll(ByteBuffer.wrap(InitializationSegment.encode(configurations)));
    }

    /** Appends what is left of a fragment of {@code source}. */
    void append(FragmentCut cut, StreamConfiguration configuration, ByteSource source)
            throws IOException {
        FragmentHeader header =
                cut.whole() ? cut.wholeHeader() : cut.cutHeader(digest(cut, configuration, source));
        byte[] sets = parameterSets(header, configuration);
        long offset = channel.position();
        writeAll(
                FragmentEncoder.header(
                        header,
                        ParameterSets.enlarged(cut.video().samples(), sets.length),
                        cut.audioSamples(),
                        cut.metadataSamples(),
                        tracks.get(configurations.indexOf(configuration)),
                        start(header),
                        written.size() + 1));
        writeAll(ByteBuffer.wrap(sets));
        for (TrackCut.Piece bytes : cut.pieces()) {
            copy(source, bytes);
        }
        written.add(new StoredFragment(header, offset, channel.position() - offset));
    }

    private byte[] parameterSets(FragmentHeader header, StreamConfiguration configuration) {
        return configurations.size() > 1 && header.startsWithKeyFrame()
                ? ParameterSets.inBand(configuration.video())
                : new byte[0];
    }

    /** Ends the file and says how long it is. */
    long finish() throws IOException {
        writeAll(
                RecordingTrailer.encode(
                        written,
                        List.of(),
                        configurations.get(0),
                        written.get(0).header().start()));
        return channel.position();
    }

    private MediaTime start(FragmentHeader next) {
        return written.isEmpty() ? next.start() : written.get(0).header().start();
    }

    private void copy(ByteSource source, TrackCut.Piece bytes) throws IOException {
        for (long at = bytes.offset(); at < bytes.end(); at += piece.capacity()) {
            piece.clear().limit((int) Math.min(piece.capacity(), bytes.end() - at));
            source.read(at, piece);
            writeAll(piece.flip());
        }
    }

    private static Digest digest(
            FragmentCut cut, StreamConfiguration configuration, ByteSource source)
            throws IOException {
        VideoCodec codec = configuration.video().codec();
        FragmentDigest digest = new FragmentDigest();
        for (TrackCut.Piece bytes : cut.video().pieces()) {
            ByteBuffer units = ByteBuffer.allocate(Math.toIntExact(bytes.sizeBytes()));
            source.read(bytes.offset(), units);
            digest.accessUnits(codec, units.flip());
        }
        return digest.value();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

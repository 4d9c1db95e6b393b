package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reads the sample tables of one fragment of a recording. */
public final class StoredFragmentReader {
    /** 400,000 frames; a fragment of ours has some hundreds. */
    private static final int MAX_HEADER_BYTES = 8 << 20;

    private StoredFragmentReader() {}

    /**
     * Reads {@code uuid}, {@code prft} and {@code moof} in one read, and no video.
     *
     * @throws IOException if reading fails, or with a sentence if the fragment does not stand there
     *     intact
     */
    public static FragmentContents read(ByteSource source, StoredFragment fragment)
            throws IOException {
        FragmentHeader header = fragment.header();
        try {
            int bytes = FragmentEncoder.headerBytes(header);
            if (bytes > fragment.sizeBytes() || bytes > MAX_HEADER_BYTES) {
                throw new IllegalArgumentException("its boxes have %d bytes".formatted(bytes));
            }
            ByteBuffer boxes = ByteBuffer.allocate(bytes);
            source.read(fragment.offset(), boxes);
            return contents(boxes.flip(), fragment);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | ArithmeticException e) {
            throw new IOException(
                    "fragment %d of run %s at byte %d is damaged: %s"
                            .formatted(
                                    header.sequence(),
                                    header.run(),
                                    fragment.offset(),
                                    e.getMessage()),
                    e);
        }
    }

    private static FragmentContents contents(ByteBuffer boxes, StoredFragment fragment) {
        FragmentBox own = ownBox(boxes, fragment);
        int headerBytes = boxes.limit();
        int moofBytes = headerBytes - FragmentEncoder.MOOF_OFFSET - Box.HEADER_BYTES;
        Box moof = Box.parseAll(boxes.slice(FragmentEncoder.MOOF_OFFSET, moofBytes)).get(0);
        List<TrackFragment> tracks = TrackFragment.parseAll(moof);
        TrackFragment video = tracks.get(0);
        long moofOffset = fragment.offset() + FragmentEncoder.MOOF_OFFSET;
        Optional<FragmentContents.SideTrack> audio =
                own.audioStart().map(start -> sideTrack(start, tracks.get(1), moofOffset));
        int sound = audio.isPresent() ? 1 : 0;
        Optional<FragmentContents.SideTrack> metadata =
                Optional.of(own.fragment().header())
                        .filter(h -> h.metadataFrames() > 0)
                        .map(h -> h.start().plusTicks(since(video, tracks.get(1 + sound))))
                        .map(start -> sideTrack(start, tracks.get(1 + sound), moofOffset));
        checkData(boxes, fragment, tracks);
        return new FragmentContents(
                own.fragment().header(),
                own.configuration(),
                video.samples(),
                moofOffset + video.dataOffset(),
                audio,
                metadata);
    }

    private static FragmentContents.SideTrack sideTrack(
            MediaTime start, TrackFragment track, long moofOffset) {
        return new FragmentContents.SideTrack(
                start, track.samples(), moofOffset + track.dataOffset());
    }

    /** Metadata has the video's ticks, so that decoding times tell when it starts. */
    private static long since(TrackFragment video, TrackFragment metadata) {
        return Math.subtractExact(metadata.decodeTime(), video.decodeTime());
    }

    private static FragmentBox ownBox(ByteBuffer boxes, StoredFragment fragment) {
        OwnBox start = OwnBox.read(boxes);
        if (boxes.getInt(Integer.BYTES) != Box.UUID
                || start.sizeBytes() != FragmentBox.BYTES
                || !FragmentBox.isReadable(start)) {
            throw new IllegalArgumentException("its uuid box is missing");
        }
        FragmentBox box = FragmentBox.read(boxes);
        FragmentHeader header = box.fragment().header();
        if (!header.run().equals(fragment.header().run())
                || header.sequence() != fragment.header().sequence()
                || !header.digest().equals(fragment.header().digest())
                || box.fragment().sizeBytes() != fragment.sizeBytes()
                || box.fragment().headerBytes() != boxes.limit()) {
            throw new IllegalArgumentException("its uuid box belongs to another");
        }
        return box;
    }

    /** The tables have as many access units as the header says, and these fill the mdat. */
    private static void checkData(
            ByteBuffer boxes, StoredFragment fragment, List<TrackFragment> tracks) {
        FragmentHeader header = fragment.header();
        int frames = tracks.stream().mapToInt(t -> t.samples().size()).sum();
        long bytes = tracks.stream().mapToLong(t -> FragmentEncoder.sum(t.samples())).sum();
        int mdat = boxes.limit() - Box.HEADER_BYTES;
        long dataOffset = (long) boxes.limit() - FragmentEncoder.MOOF_OFFSET;
        for (TrackFragment track : tracks) {
            if (track.dataOffset() != dataOffset) {
                throw new IllegalArgumentException("its access units are out of place");
            }
            dataOffset += FragmentEncoder.sum(track.samples());
        }
        if (tracks.get(0).samples().size() != header.videoFrames()
                || frames != header.videoFrames() + header.audioFrames() + header.metadataFrames()
                || boxes.limit() + bytes != fragment.sizeBytes()
                || boxes.getInt(mdat + Integer.BYTES) != Box.MDAT
                || Integer.toUnsignedLong(boxes.getInt(mdat)) != Box.HEADER_BYTES + bytes) {
            throw new IllegalArgumentException("its moof does not describe its mdat");
        }
    }
}

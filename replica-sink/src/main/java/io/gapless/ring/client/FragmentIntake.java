package io.gapless.ring.client;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentEncoder;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Takes the bytes of one fragment as they come: its boxes into an array, which are checked as soon
 * as they are whole, its video, its sound and its metadata into media memory. One thread. Closing
 * it gives back all memory that was not handed over.
 */
final class FragmentIntake implements AutoCloseable {
    /** A fragment of ours has some hundreds. */
    private static final int MAX_FRAMES = 100_000;

    private final RingFragment listed;
    private final Asked asked;
    private final FragmentProof proof;
    private final ByteBuffer boxes;
    private final MediaBuffer video;
    private final MediaBuffer audio;
    private final MediaBuffer metadata;
    private Optional<FragmentContents> contents = Optional.empty();
    private boolean handedOver;

    /**
     * @throws RingException if nothing of this size can be a fragment with these frames
     */
    FragmentIntake(RingFragment listed, long maxBytes, MediaMemory memory, Asked asked)
            throws RingException {
        this.listed = listed;
        this.asked = asked;
        this.proof = new FragmentProof(listed, asked);
        if (listed.sizeBytes() > maxBytes) {
            throw asked.lie("it is said to have %d bytes".formatted(listed.sizeBytes()));
        }
        this.boxes = ByteBuffer.allocate(headBytes());
        this.video = memory.newBuffer();
        this.audio = memory.newBuffer();
        this.metadata = memory.newBuffer();
    }

    /** Of the boxes before the video; at most the size listed, which is bounded. */
    private int headBytes() throws RingException {
        FragmentHeader header = listed.header();
        int sideFrames = Math.max(header.audioFrames(), header.metadataFrames());
        if (Math.max(header.videoFrames(), sideFrames) < MAX_FRAMES) {
            int bytes = FragmentEncoder.headerBytes(header);
            if (bytes < listed.sizeBytes()) {
                return bytes;
            }
        }
        throw asked.lie(
                "it is said to have %d and %d frames in %d bytes"
                        .formatted(header.videoFrames(), sideFrames, listed.sizeBytes()));
    }

    long receivedBytes() {
        return boxes.position() + video.sizeBytes() + audio.sizeBytes() + metadata.sizeBytes();
    }

    boolean isComplete() {
        return receivedBytes() == listed.sizeBytes();
    }

    /** Forgets what came, for a transfer that begins again. */
    void restart() {
        boxes.clear();
        contents = Optional.empty();
        video.truncate(0);
        audio.truncate(0);
        metadata.truncate(0);
    }

    /**
     * @throws RingException if these bytes cannot be the fragment's, or there is no memory for them
     */
    void take(ByteBuffer bytes) throws RingException {
        if (bytes.remaining() > listed.sizeBytes() - receivedBytes()) {
            throw asked.lie("it has more than its %d bytes".formatted(listed.sizeBytes()));
        }
        if (boxes.hasRemaining()) {
            move(bytes, boxes);
            if (boxes.hasRemaining()) {
                return;
            }
            contents = Optional.of(proof.checkBoxes(boxes.duplicate().flip()));
        }
        FragmentContents known = contents.orElseThrow();
        fill(video, known.videoDataBytes(), bytes);
        fill(audio, known.audioDataBytes(), bytes);
        append(metadata, bytes);
    }

    /** Appends what it lacks of its size, as far as there is that much. */
    private void fill(MediaBuffer buffer, long sizeBytes, ByteBuffer bytes) throws RingException {
        int count = (int) Math.min(sizeBytes - buffer.sizeBytes(), bytes.remaining());
        append(buffer, bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
    }

    private void append(MediaBuffer buffer, ByteBuffer bytes) throws RingException {
        if (bytes.hasRemaining() && !buffer.append(bytes)) {
            throw asked.noMemory(
                    "no memory for its %d bytes is left".formatted(listed.sizeBytes()));
        }
    }

    /**
     * The fragment, once it is complete; the caller owns it.
     *
     * @throws RingException if its video is not what was listed
     */
    Fragment proven() throws RingException {
        FragmentContents known = contents.orElseThrow();
        proof.checkVideo(known.video(), video);
        handedOver = true;
        return new Fragment(
                listed.header(),
                listed.configuration(),
                known.video(),
                video,
                side(known.audio(), audio),
                side(known.metadata(), metadata));
    }

    private static Optional<Fragment.SideTrack> side(
            Optional<FragmentContents.SideTrack> track, MediaBuffer data) {
        if (track.isEmpty()) {
            data.release();
        }
        return track.map(t -> new Fragment.SideTrack(t.start(), t.samples(), data));
    }

    @Override
    public void close() {
        if (!handedOver) {
            video.release();
            audio.release();
            metadata.release();
        }
    }
}

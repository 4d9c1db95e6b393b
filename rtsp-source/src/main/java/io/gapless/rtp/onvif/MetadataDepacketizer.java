package io.gapless.rtp.onvif;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts XML documents together that are sent in pieces. One ends with the marker, or, since some
 * cameras set none, where the time stamp changes. A document of which something is lost, or that is
 * too long, is left out; so is, after a loss, whatever comes up to the next marker.
 */
public final class MetadataDepacketizer {
    /** Takes documents in order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param document consumed before the method returns
         */
        void document(ByteBuffer document, int rtpTimestamp);
    }

    /** A frame with a hundred objects and their outlines has some 50 KiB. */
    static final int LONGEST_BYTES = 256 * 1024;

    private static final int USUAL_BYTES = 4096;

    private final Sink sink;
    private byte[] document = new byte[USUAL_BYTES];
    private int length;
    private int timestamp;
    private boolean skipping;

    public MetadataDepacketizer(Sink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    /**
     * @param payload from position to limit; consumed before the method returns
     */
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        if (length > 0 && rtpTimestamp != timestamp) {
            finish();
        }
        timestamp = rtpTimestamp;
        if (!skipping) {
            append(payload);
        }
        if (marker) {
            finish();
        }
    }

    private void append(ByteBuffer payload) {
        int count = payload.remaining();
        if (length + count > LONGEST_BYTES) {
            skip();
            return;
        }
        if (length + count > document.length) {
            document = Arrays.copyOf(document, Math.max(2 * document.length, length + count));
        }
        payload.get(document, length, count);
        length += count;
    }

    private void skip() {
        length = 0;
        skipping = true;
    }

    private void finish() {
        if (length > 0) {
            sink.document(ByteBuffer.wrap(document, 0, length), timestamp);
        }
        length = 0;
        skipping = false;
    }

    /** Packets are missing before the next one. */
    public void packetsLost() {
        skip();
    }
}

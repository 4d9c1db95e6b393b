package io.gapless.rtp.aac;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.nio.ByteBuffer;

/**
 * Takes AAC access units out of AudioMuxElements without configuration, each in one packet or more
 * of which the last has the marker (RFC 6416 section 6.3; ISO 14496-3, 1.7.3).
 */
public final class LatmDepacketizer implements AudioDepacketizer {
    private static final int LARGEST_ELEMENT_BYTES = 64 * 1024;
    private static final int GOES_ON = 255;

    private final int frames;
    private final int samples;
    private final AudioSink sink;
    private final ByteBuffer collected = ByteBuffer.allocateDirect(LARGEST_ELEMENT_BYTES);

    /** Until the marker, what comes lacks its beginning. */
    private boolean skipping;

    /**
     * @param frames access units of an element, at least 1
     * @param samples of an access unit, in sample periods
     */
    public LatmDepacketizer(int frames, int samples, AudioSink sink) {
        this.frames = frames;
        this.samples = samples;
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packetsLost() {
        skipping = collected.position() > 0;
        collected.clear();
    }

    @Override
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        skipping |= payload.remaining() > collected.remaining();
        if (!skipping) {
            collected.put(payload);
        }
        if (marker) {
            if (!skipping) {
                element(collected.flip(), rtpTimestamp);
            }
            skipping = false;
            collected.clear();
        }
    }

    private void element(ByteBuffer element, int rtpTimestamp) {
        int limit = element.limit();
        for (int i = 0; i < frames && element.hasRemaining(); i++) {
            int size = size(element);
            if (size <= 0 || size > element.remaining()) {
                return;
            }
            int end = element.position() + size;
            element.limit(end);
            sink.accessUnit(element, rtpTimestamp + i * samples, samples);
            element.limit(limit).position(end);
        }
    }

    /** PayloadLengthInfo: bytes up to the first that is not 255, added up. */
    private static int size(ByteBuffer element) {
        int size = 0;
        while (element.hasRemaining()) {
            int b = element.get() & 0xFF;
            size += b;
            if (b != GOES_ON) {
                return size;
            }
        }
        return -1;
    }
}

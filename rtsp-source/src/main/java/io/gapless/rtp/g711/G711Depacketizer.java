package io.gapless.rtp.g711;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.nio.ByteBuffer;

/** One byte a sample and channel; a packet is one access unit. */
public final class G711Depacketizer implements AudioDepacketizer {
    private final int channels;
    private final AudioSink sink;

    public G711Depacketizer(int channels, AudioSink sink) {
        this.channels = channels;
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        int samples = payload.remaining() / channels;
        if (samples > 0) {
            sink.accessUnit(payload, rtpTimestamp, samples);
        }
    }

    @Override
    public void packetsLost() {}
}

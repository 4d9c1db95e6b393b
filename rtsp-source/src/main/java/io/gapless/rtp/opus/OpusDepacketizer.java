package io.gapless.rtp.opus;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.nio.ByteBuffer;

/** One Opus packet a payload, whose first byte tells how long it sounds (RFC 6716 section 3.1). */
public final class OpusDepacketizer implements AudioDepacketizer {
    /** Samples of a frame at 48 kHz, by configuration number. */
    private static final int[] SILK = {480, 960, 1920, 2880};

    private static final int[] HYBRID = {480, 960};
    private static final int[] CELT = {120, 240, 480, 960};
    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;

    /** 120 ms: no packet is longer. */
    private static final int MOST_SAMPLES = 5760;

    private final AudioSink sink;

    public OpusDepacketizer(AudioSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        int samples = payload.hasRemaining() ? samples(payload) : 0;
        if (samples > 0 && samples <= MOST_SAMPLES) {
            sink.accessUnit(payload, rtpTimestamp, samples);
        }
    }

    @Override
    public void packetsLost() {}

    /** 0 if the packet makes no sense. */
    private static int samples(ByteBuffer packet) {
        int first = packet.get(packet.position()) & 0xFF;
        return frameSamples(first >> 3) * frames(packet, first & 3);
    }

    private static int frameSamples(int configuration) {
        if (configuration < FIRST_HYBRID) {
            return SILK[configuration % 4];
        }
        return configuration < FIRST_CELT ? HYBRID[configuration % 2] : CELT[configuration % 4];
    }

    private static int frames(ByteBuffer packet, int code) {
        return switch (code) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.remaining() < 2 ? 0 : packet.get(packet.position() + 1) & 0x3F;
        };
    }
}

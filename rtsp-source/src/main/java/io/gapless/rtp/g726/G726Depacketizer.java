package io.gapless.rtp.g726;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.nio.ByteBuffer;

/**
 * G.726, handed on as G.711 mu-law: no MP4 player of note knows G.726, and what it codes is by
 * definition G.711. Mono at 8 kHz.
 *
 * <p>Codes are packed in two ways: {@code G726-32} and its like have the first code in the lowest
 * bits of an octet, {@code AAL2-G726-32} and its like in the highest. Which of them it is is told
 * by the name alone; the other one sounds like noise.
 */
public final class G726Depacketizer implements AudioDepacketizer {
    private final G726Decoder decoder;
    private final int codeBits;
    private final boolean highestFirst;
    private final AudioSink sink;
    private ByteBuffer sound = ByteBuffer.allocate(512);

    public G726Depacketizer(G726Rate rate, boolean highestFirst, AudioSink sink) {
        this.decoder = new G726Decoder(rate);
        this.codeBits = rate.codeBits();
        this.highestFirst = highestFirst;
        this.sink = requireNonNull(sink, "sink is null");
    }

    @Override
    public void packet(ByteBuffer payload, int rtpTimestamp, boolean marker) {
        int samples = payload.remaining() * Byte.SIZE / codeBits;
        if (samples == 0) {
            return;
        }
        if (sound.capacity() < samples) {
            sound = ByteBuffer.allocate(samples);
        }
        sound.clear();
        decode(payload, samples);
        sink.accessUnit(sound.flip(), rtpTimestamp, samples);
    }

    private void decode(ByteBuffer payload, int samples) {
        int mask = (1 << codeBits) - 1;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < samples; i++) {
            if (held < codeBits) {
                int next = payload.get() & 0xFF;
                bits = highestFirst ? bits << Byte.SIZE | next : bits | next << held;
                held += Byte.SIZE;
            }
            held -= codeBits;
            int code = highestFirst ? bits >> held & mask : bits & mask;
            bits = highestFirst ? bits & (1 << held) - 1 : bits >> codeBits;
            sound.put(MuLaw.encode(decoder.sample(code)));
        }
    }

    @Override
    public void packetsLost() {}
}

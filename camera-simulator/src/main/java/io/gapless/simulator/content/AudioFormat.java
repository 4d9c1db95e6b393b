package io.gapless.simulator.content;

/** What a simulated camera does with its microphone, which hears a 440 Hz tone. */
public enum AudioFormat {
    NONE("", 0, 0),
    /** AAC-LC, 16 kHz mono, as {@code mpeg4-generic} in mode AAC-hbr (RFC 3640). */
    AAC("aac", 16_000, 1024),
    /** G.711 µ-law, 8 kHz mono, 20 ms a packet (RFC 3551 section 4.5.14). */
    PCMU("pcm_mulaw", 8_000, 160),
    /** G.711 A-law, 8 kHz mono, 20 ms a packet (RFC 3551 section 4.5.14). */
    PCMA("pcm_alaw", 8_000, 160);

    private final String encoder;
    private final int sampleRate;
    private final int unitSamples;

    AudioFormat(String encoder, int sampleRate, int unitSamples) {
        this.encoder = encoder;
        this.sampleRate = sampleRate;
        this.unitSamples = unitSamples;
    }

    String encoder() {
        return encoder;
    }

    /** Samples per second; also the RTP clock rate. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Samples in one access unit. */
    public int unitSamples() {
        return unitSamples;
    }
}

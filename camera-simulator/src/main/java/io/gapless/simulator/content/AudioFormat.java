package io.gapless.simulator.content;

/** What a simulated camera does with its microphone, which hears a 440 Hz tone. */
public enum AudioFormat {
    NONE("", 0, 0, 0),
    /** AAC-LC, 16 kHz mono, as {@code mpeg4-generic} in mode AAC-hbr (RFC 3640). */
    AAC("aac", 16_000, 1024, 32_000),
    /** G.711 µ-law, 8 kHz mono, 20 ms a packet (RFC 3551 section 4.5.14). */
    PCMU("pcm_mulaw", 8_000, 160, 64_000),
    /** G.711 A-law, 8 kHz mono, 20 ms a packet (RFC 3551 section 4.5.14). */
    PCMA("pcm_alaw", 8_000, 160, 64_000),
    /** G.726 at 16 kbit/s, 20 ms a packet, the first code in the lowest bits (RFC 3551, 4.5.4). */
    G726_16("g726le", 8_000, 160, 16_000),
    G726_24("g726le", 8_000, 160, 24_000),
    G726_32("g726le", 8_000, 160, 32_000),
    G726_40("g726le", 8_000, 160, 40_000),
    /** G.726 with the first code in the highest bits (ITU-T I.366.2; RFC 3551, 4.5.4). */
    AAL2_G726_32("g726", 8_000, 160, 32_000);

    private final String encoder;
    private final int sampleRate;
    private final int unitSamples;
    private final int bitsPerSecond;

    AudioFormat(String encoder, int sampleRate, int unitSamples, int bitsPerSecond) {
        this.encoder = encoder;
        this.sampleRate = sampleRate;
        this.unitSamples = unitSamples;
        this.bitsPerSecond = bitsPerSecond;
    }

    int bitsPerSecond() {
        return bitsPerSecond;
    }

    /** Bytes of an access unit, which for AAC is an average. */
    int unitBytes() {
        return bitsPerSecond / 8 * unitSamples / sampleRate;
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

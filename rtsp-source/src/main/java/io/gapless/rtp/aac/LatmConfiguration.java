package io.gapless.rtp.aac;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a {@code StreamMuxConfig} says (ISO 14496-3, 1.7.3), of the only kind that cameras send: one
 * program of one layer of AAC-LC, or of that with SBR.
 */
public final class LatmConfiguration {
    private static final int AAC_LC = 2;
    private static final int SBR = 5;
    private static final int EXPLICIT_RATE = 15;

    /** Bits before the AudioSpecificConfig. */
    private static final int HEAD_BITS = 15;

    private final int frames;
    private final int channels;
    private final byte[] audioSpecificConfig;

    private LatmConfiguration(int frames, int channels, byte[] audioSpecificConfig) {
        this.frames = frames;
        this.channels = channels;
        this.audioSpecificConfig = audioSpecificConfig;
    }

    /**
     * @param hex the {@code config} of the session description; empty if it is of another kind
     */
    public static Optional<LatmConfiguration> parse(String hex) {
        if (!hex.matches("[0-9a-fA-F]{8,200}")) {
            return Optional.empty();
        }
        BigInteger bits = new BigInteger(hex, 16);
        int size = hex.length() * 4;
        boolean simple = get(bits, size, 0, 2) == 0b01 && get(bits, size, 8, 7) == 0;
        int type = get(bits, size, HEAD_BITS, 5);
        int rate = get(bits, size, HEAD_BITS + 5, 4);
        int channels = get(bits, size, HEAD_BITS + 9, 4);
        if (!simple || rate == EXPLICIT_RATE || channels == 0 || (type != AAC_LC && type != SBR)) {
            return Optional.empty();
        }
        // Object type, rate, channels, with SBR the same again, and three flags, in whole bytes.
        int configBits = type == SBR ? 32 : 16;
        byte[] config = new byte[configBits / 8];
        for (int i = 0; i < config.length; i++) {
            config[i] = (byte) get(bits, size, HEAD_BITS + 8 * i, 8);
        }
        int frames = 1 + get(bits, size, 2, 6);
        return Optional.of(new LatmConfiguration(frames, channels, config));
    }

    /** Bits beyond the end are 0. */
    private static int get(BigInteger bits, int size, int at, int count) {
        int shift = size - at - count;
        BigInteger shifted = shift >= 0 ? bits.shiftRight(shift) : bits.shiftLeft(-shift);
        return shifted.intValue() & ((1 << count) - 1);
    }

    /** Access units of an AudioMuxElement, 1 to 64. */
    public int frames() {
        return frames;
    }

    public int channels() {
        return channels;
    }

    public byte[] audioSpecificConfig() {
        return Arrays.copyOf(audioSpecificConfig, audioSpecificConfig.length);
    }
}

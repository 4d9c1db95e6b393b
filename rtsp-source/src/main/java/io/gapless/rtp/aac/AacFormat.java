package io.gapless.rtp.aac;

/**
 * How AU headers are laid out (RFC 3640 section 4.1).
 *
 * @param sizeBits sizelength
 * @param indexBits indexlength
 * @param indexDeltaBits indexdeltalength
 * @param samples of an access unit, in sample periods
 */
public record AacFormat(int sizeBits, int indexBits, int indexDeltaBits, int samples) {
    /** AAC-hbr (section 3.3.6): what cameras mean even if they leave a parameter out. */
    public static final AacFormat HIGH_BIT_RATE = new AacFormat(13, 3, 3, 1024);

    public AacFormat {
        if (sizeBits < 1 || sizeBits > 16 || indexBits < 0 || indexDeltaBits < 0 || samples < 1) {
            throw new IllegalArgumentException(
                    "AU headers of %d, %d, %d bits".formatted(sizeBits, indexBits, indexDeltaBits));
        }
    }
}

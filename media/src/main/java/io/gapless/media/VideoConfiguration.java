package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HexFormat;

/** What a decoder must know before the first picture. Immutable. */
public final class VideoConfiguration {
    private final VideoCodec codec;
    private final int width;
    private final int height;
    private final byte[] decoderConfigurationRecord;

    /**
     * @param width in luma samples after cropping, 1 to 65535
     * @param height likewise
     * @param decoderConfigurationRecord the payload of the {@code avcC} or {@code hvcC} box (ISO
     *     14496-15, 5.3.3.1 and 8.3.3.1), with 4-byte NAL unit lengths, or of the {@code av1C} box;
     *     empty for JPEG
     */
    public VideoConfiguration(
            VideoCodec codec, int width, int height, byte[] decoderConfigurationRecord) {
        this.codec = requireNonNull(codec, "codec is null");
        if (width < 1 || width > 0xFFFF || height < 1 || height > 0xFFFF) {
            throw new IllegalArgumentException(
                    "picture of %d x %d is out of range".formatted(width, height));
        }
        this.width = width;
        this.height = height;
        this.decoderConfigurationRecord = decoderConfigurationRecord.clone();
    }

    public VideoCodec codec() {
        return codec;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /**
     * A copy of the payload of the {@code avcC}, {@code hvcC} or {@code av1C} box; empty for JPEG.
     */
    public byte[] decoderConfigurationRecord() {
        return decoderConfigurationRecord.clone();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof VideoConfiguration other
                && codec == other.codec
                && width == other.width
                && height == other.height
                && Arrays.equals(decoderConfigurationRecord, other.decoderConfigurationRecord);
    }

    @Override
    public int hashCode() {
        return 31 * codec.hashCode() + Arrays.hashCode(decoderConfigurationRecord);
    }

    @Override
    public String toString() {
        return "%s %dx%d %s"
                .formatted(
                        codec, width, height, HexFormat.of().formatHex(decoderConfigurationRecord));
    }
}

package io.gapless.media.codec;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A coded video sequence, as its header describes it (AV1 specification, 5.5).
 *
 * @param keyFramesOnly whether all frames are key frames that are shown, and their headers do not
 *     say so (reduced_still_picture_header)
 */
public record Av1Sequence(VideoConfiguration configuration, boolean keyFramesOnly) {
    /** OBU_SEQUENCE_HEADER with obu_has_size_field. */
    private static final int OBU_HEADER = (Obus.SEQUENCE_HEADER << 3) | Obus.HAS_SIZE_FIELD;

    /**
     * @param header the payload of a sequence header OBU; its position is left alone
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public static Av1Sequence of(ByteBuffer header) {
        Av1SequenceHeader parsed = Av1SequenceHeader.parse(header);
        VideoConfiguration configuration =
                new VideoConfiguration(
                        VideoCodec.AV1,
                        parsed.size().width(Av1SequenceHeader.NAME),
                        parsed.size().height(Av1SequenceHeader.NAME),
                        decoderConfigurationRecord(parsed, header));
        return new Av1Sequence(configuration, parsed.reducedStillPicture());
    }

    /** AV1CodecConfigurationRecord (AV1 in ISO BMFF, 2.3). */
    private static byte[] decoderConfigurationRecord(Av1SequenceHeader parsed, ByteBuffer header) {
        Av1Color color = parsed.color();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80 | 1); // marker, version
        out.write((parsed.profile() << 5) | parsed.level());
        out.write(
                (parsed.tier() << 7)
                        | bit(color.bitDepth() > 8, 6)
                        | bit(color.bitDepth() == 12, 5)
                        | bit(color.monochrome(), 4)
                        | bit(color.subsamplingX(), 3)
                        | bit(color.subsamplingY(), 2)
                        | color.samplePosition());
        out.write(0); // no initial_presentation_delay
        out.write(OBU_HEADER);
        writeLeb128(out, header.remaining());
        for (int i = header.position(); i < header.limit(); i++) {
            out.write(header.get(i));
        }
        return out.toByteArray();
    }

    private static int bit(boolean set, int position) {
        return set ? 1 << position : 0;
    }

    private static void writeLeb128(ByteArrayOutputStream out, int value) {
        int rest = value;
        for (; rest > 0x7F; rest >>= 7) {
            out.write(0x80 | (rest & 0x7F));
        }
        out.write(rest);
    }
}

package io.gapless.archive.read;

import io.gapless.media.SampleTable;
import io.gapless.media.VideoConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Parameter sets as NAL units among the video. Recordings have them in the sample entry alone; but
 * in an export with several sample entries FFmpeg keeps to the first (it looks for changes in the
 * {@code stsc}, which fragments do not have), so there they also stand before the key frames.
 */
final class ParameterSets {
    /** Up to the number of sequence parameter sets (ISO 14496-15, 5.3.3.1.2). */
    private static final int AVCC_FIXED_BYTES = 5;

    /** Up to the number of arrays (ISO 14496-15, 8.3.3.1.2). */
    private static final int HVCC_FIXED_BYTES = 22;

    private ParameterSets() {}

    /** All of them, each behind its length in 4 bytes. */
    static byte[] inBand(VideoConfiguration configuration) {
        ByteBuffer record = ByteBuffer.wrap(configuration.decoderConfigurationRecord());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (configuration.codec()) {
            case H264 -> {
                record.position(AVCC_FIXED_BYTES);
                copy(record, record.get() & 0x1F, out);
                copy(record, Byte.toUnsignedInt(record.get()), out);
            }
            case H265 -> {
                record.position(HVCC_FIXED_BYTES);
                int arrays = Byte.toUnsignedInt(record.get());
                for (int i = 0; i < arrays; i++) {
                    record.get();
                    copy(record, Short.toUnsignedInt(record.getShort()), out);
                }
            }
            case JPEG, AV1 -> {} // each key frame has all it needs
        }
        return out.toByteArray();
    }

    private static void copy(ByteBuffer record, int count, ByteArrayOutputStream out) {
        for (int i = 0; i < count; i++) {
            int length = Short.toUnsignedInt(record.getShort());
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            byte[] set = new byte[length];
            record.get(set);
            out.writeBytes(set);
        }
    }

    /** The table of access units of which the first has {@code bytes} more in front. */
    static SampleTable enlarged(SampleTable samples, int bytes) {
        int[] sizes = samples.sizesBytes().clone();
        sizes[0] += bytes;
        return new SampleTable(
                sizes, samples.durations(), samples.compositionOffsets(), samples.keyFrames());
    }
}

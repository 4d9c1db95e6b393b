package io.gapless.media.codec;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes a configuration of H.264 parameter sets (ITU-T H.264 7.3.2.1, 7.3.2.2). */
public final class H264ParameterSets {
    private static final int MAX_SPS = 31;
    private static final int MAX_PPS = 255;
    private static final int BASELINE = 66;
    private static final int MAIN = 77;
    private static final int EXTENDED = 88;

    private H264ParameterSets() {}

    /**
     * The configuration with an {@code avcC} record of these parameter sets, in the order given,
     * each once.
     *
     * @param sps sequence parameter sets with their NAL unit header, without start code; the first
     *     gives the size of the picture; the buffers' positions are left alone
     * @param pps picture parameter sets, likewise
     * @throws IllegalArgumentException with a sentence that says what is wrong with them
     */
    public static VideoConfiguration configuration(List<ByteBuffer> sps, List<ByteBuffer> pps) {
        String name = H264SequenceParameterSet.NAME;
        ParameterSetList sequence =
                ParameterSetList.of(VideoCodec.H264, NalUnits.H264_SPS, name, sps, MAX_SPS);
        ParameterSetList picture =
                ParameterSetList.of(
                        VideoCodec.H264,
                        NalUnits.H264_PPS,
                        "H.264 picture parameter set",
                        pps,
                        MAX_PPS);
        H264SequenceParameterSet first = H264SequenceParameterSet.parse(sequence.first());
        return new VideoConfiguration(
                VideoCodec.H264,
                first.size().width(name),
                first.size().height(name),
                decoderConfigurationRecord(first, sequence, picture));
    }

    /** ISO 14496-15, 5.3.3.1.2. */
    private static byte[] decoderConfigurationRecord(
            H264SequenceParameterSet first, ParameterSetList sps, ParameterSetList pps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1); // configurationVersion
        out.write(first.profile());
        out.write(first.compatibility());
        out.write(first.level());
        out.write(0xFC | 3); // NAL unit lengths of 4 bytes
        out.write(0xE0 | sps.count());
        sps.writeTo(out);
        out.write(pps.count());
        pps.writeTo(out);
        if (first.profile() != BASELINE && first.profile() != MAIN && first.profile() != EXTENDED) {
            out.write(0xFC | first.chromaFormat());
            out.write(0xF8 | first.bitDepthLumaMinus8());
            out.write(0xF8 | first.bitDepthChromaMinus8());
            out.write(0); // no sequence parameter set extensions
        }
        return out.toByteArray();
    }
}

package io.gapless.media.codec;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes a configuration of H.265 parameter sets (ITU-T H.265 7.3.2.1 to 7.3.2.3). */
public final class H265ParameterSets {
    private static final int MAX_VPS = 16;
    private static final int MAX_SPS = 16;
    private static final int MAX_PPS = 64;

    private H265ParameterSets() {}

    /**
     * The configuration with an {@code hvcC} record of these parameter sets, in the order given,
     * each once.
     *
     * @param vps video parameter sets with their NAL unit header, without start code; the buffers'
     *     positions are left alone
     * @param sps sequence parameter sets, likewise; the first gives the size of the picture
     * @param pps picture parameter sets, likewise
     * @throws IllegalArgumentException with a sentence that says what is wrong with them
     */
    public static VideoConfiguration configuration(
            List<ByteBuffer> vps, List<ByteBuffer> sps, List<ByteBuffer> pps) {
        String name = H265SequenceParameterSet.NAME;
        List<ParameterSetList> sets =
                List.of(
                        list(NalUnits.H265_VPS, "H.265 video parameter set", vps, MAX_VPS),
                        list(NalUnits.H265_SPS, name, sps, MAX_SPS),
                        list(NalUnits.H265_PPS, "H.265 picture parameter set", pps, MAX_PPS));
        H265SequenceParameterSet first = H265SequenceParameterSet.parse(sets.get(1).first());
        return new VideoConfiguration(
                VideoCodec.H265,
                first.size().width(name),
                first.size().height(name),
                decoderConfigurationRecord(first, sets));
    }

    private static ParameterSetList list(
            int type, String name, List<ByteBuffer> nalUnits, int max) {
        return ParameterSetList.of(VideoCodec.H265, type, name, nalUnits, max);
    }

    /** ISO 14496-15, 8.3.3.1.2. */
    private static byte[] decoderConfigurationRecord(
            H265SequenceParameterSet first, List<ParameterSetList> sets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1); // configurationVersion
        out.write(first.generalProfile().spaceTierProfile());
        write(out, first.generalProfile().compatibility(), 4);
        write(out, first.generalProfile().constraints(), 6);
        out.write(first.generalProfile().level());
        write(out, 0xF000, 2); // min_spatial_segmentation_idc: not known
        out.write(0xFC); // parallelismType: not known
        out.write(0xFC | first.chromaFormat());
        out.write(0xF8 | first.bitDepthLumaMinus8());
        out.write(0xF8 | first.bitDepthChromaMinus8());
        write(out, 0, 2); // avgFrameRate: not known
        int nesting = first.temporalIdNesting() ? 4 : 0;
        out.write((first.temporalLayers() << 3) | nesting | 3); // NAL unit lengths of 4 bytes
        out.write(sets.size());
        for (ParameterSetList list : sets) {
            out.write(0x80 | list.type()); // complete: none in band, as hvc1 demands
            write(out, list.count(), 2);
            list.writeTo(out);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (value >>> (Byte.SIZE * i)));
        }
    }
}

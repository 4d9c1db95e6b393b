package io.gapless.media.codec;

import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes a configuration of H.264 parameter sets (ITU-T H.264 7.3.2.1, 7.3.2.2). */
@SuppressWarnings("DoNotCallSuggester")
public final class H264ParameterSets {
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
        throw new UnsupportedOperationException();
    }
}

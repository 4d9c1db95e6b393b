package io.gapless.media.codec;

import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes a configuration of H.265 parameter sets (ITU-T H.265 7.3.2.1 to 7.3.2.3). */
@SuppressWarnings("DoNotCallSuggester")
public final class H265ParameterSets {
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
        throw new UnsupportedOperationException();
    }
}

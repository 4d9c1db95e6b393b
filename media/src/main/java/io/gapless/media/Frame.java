package io.gapless.media;

/**
 * A video access unit of a draft.
 *
 * @param presentationTicks90k since 1970
 * @param sizeBytes as stored, with the lengths of its NAL units
 * @param vclBytes of which in VCL NAL units and their lengths
 * @param key whether decoding can start here
 */
record Frame(long presentationTicks90k, int sizeBytes, int vclBytes, boolean key) {
    Frame shiftedBy(long ticks90k) {
        return new Frame(presentationTicks90k + ticks90k, sizeBytes, vclBytes, key);
    }
}

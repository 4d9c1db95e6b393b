package io.gapless.media.codec;

/** Size of a coded picture and what is cut off its edges, in luma samples. */
record PictureSize(long codedWidth, long codedHeight, long cropWidth, long cropHeight) {
    /** Larger than any level allows (H.265 level 6.2 has 16,888 samples at most). */
    private static final int MAX = 0xFFFF;

    int width(String what) {
        return checked(codedWidth - cropWidth, what);
    }

    int height(String what) {
        return checked(codedHeight - cropHeight, what);
    }

    private int checked(long samples, String what) {
        if (samples < 1 || samples > MAX) {
            throw new IllegalArgumentException(
                    "the %s describes a picture of %d x %d less %d x %d samples"
                            .formatted(what, codedWidth, codedHeight, cropWidth, cropHeight));
        }
        return (int) samples;
    }
}

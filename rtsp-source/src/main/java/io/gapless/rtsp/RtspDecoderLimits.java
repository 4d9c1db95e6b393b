package io.gapless.rtsp;

/**
 * What a camera may send before its connection is given up; all at least 1.
 *
 * @param lineBytes of a status, request or header line
 * @param headLines of a message
 * @param headBytes of a message, in all its lines together
 * @param bodyBytes of a message
 * @param garbageBytes between two things that could be understood
 */
record RtspDecoderLimits(
        int lineBytes, int headLines, int headBytes, int bodyBytes, int garbageBytes) {
    static final RtspDecoderLimits DEFAULT =
            new RtspDecoderLimits(16 * 1024, 256, 64 * 1024, 1024 * 1024, 256 * 1024);

    RtspDecoderLimits {
        if (lineBytes < 1 || headLines < 1 || headBytes < 1 || bodyBytes < 1 || garbageBytes < 1) {
            throw new IllegalArgumentException("a limit is less than 1");
        }
    }
}

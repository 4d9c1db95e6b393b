package io.gapless.rtp.jpeg;

/**
 * Where a stream of pictures that all stand alone is cut. A fragment for each would drown the
 * archive in boxes, and a cut by the clock or by counting would come elsewhere at each recorder. So
 * the pictures themselves decide, and two recorders agree from the first cut on, whenever they
 * began: a group begins with a picture whose checksum's lowest bits are 0, as many bits as let it
 * happen twice a second. A picture that equals the one before never begins one, lest a frozen scene
 * be cut at each.
 *
 * <p>Where that does not happen for 3.9 s, a group begins all the same: recording must not wait for
 * luck. That is about one in a thousand groups, and a frozen scene. The time is none that pictures
 * of usual rates are apart by, lest jitter decide.
 */
final class PictureGroups {
    private static final int HALF_SECOND = 45_000;
    private static final int LONGEST = 350_000;

    /** To the nearest power of two: the highest bit of what is multiplied by the root of two. */
    private static final double ROOT_OF_TWO = 1.4142;

    /** Whether the picture before is known. */
    private boolean continued;

    private int lastTimestamp;
    private long lastChecksum;
    private int groupTimestamp;

    /** Pictures may be missing before the next one. */
    void packetsLost() {
        continued = false;
    }

    /**
     * Whether a group begins with this picture.
     *
     * @param rtpTimestamp in 1/90000 s
     * @param checksum of what the camera sent of it
     */
    boolean beginsWith(int rtpTimestamp, long checksum) {
        boolean begins = continued && continues(rtpTimestamp, checksum);
        if (begins || !continued || rtpTimestamp - groupTimestamp < 0) {
            groupTimestamp = rtpTimestamp;
        }
        continued = true;
        lastTimestamp = rtpTimestamp;
        lastChecksum = checksum;
        return begins;
    }

    private boolean continues(int rtpTimestamp, long checksum) {
        int oneIn = picturesInHalfSecond(rtpTimestamp - lastTimestamp);
        boolean chosen = (checksum & (oneIn - 1)) == 0;
        return (chosen && checksum != lastChecksum) || rtpTimestamp - groupTimestamp >= LONGEST;
    }

    /** A power of two. */
    private static int picturesInHalfSecond(int step) {
        int pictures = step <= 0 ? 0 : HALF_SECOND / step;
        return Math.max(1, Integer.highestOneBit((int) (pictures * ROOT_OF_TWO)));
    }
}

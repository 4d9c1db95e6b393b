package io.gapless.rtsp;

/** How RTP comes from the camera. */
public enum Transport {
    /** Interleaved in the RTSP connection; UDP if the camera refuses that with 461. */
    AUTO,
    /** Only interleaved in the RTSP connection (RFC 2326 section 10.12). */
    TCP,
    /** Unicast UDP; interleaved if the camera refuses that with 461 or nothing comes for 3 s. */
    UDP,
    /** Multicast, joined where the camera is reached; otherwise as UDP. */
    MULTICAST,
    /** Interleaved in RTSP that is carried by two HTTP connections, as QuickTime did it. */
    HTTP;

    /** Whether media stays within the connection that is dialled, and so is as secure as it is. */
    public boolean staysInConnection() {
        return this == AUTO || this == TCP || this == HTTP;
    }
}

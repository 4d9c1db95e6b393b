package io.gapless.rtsp;

import io.gapless.rtp.clock.ClockReading;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a camera's recorder counts, over all its sessions. Written by the camera's event loop alone;
 * readable from any thread at any time.
 */
public final class CameraCounters {
    final AtomicLong receivedBytes = new AtomicLong();
    final AtomicLong frames = new AtomicLong();
    final AtomicLong lostPackets = new AtomicLong();
    final AtomicLong sessions = new AtomicLong();
    final AtomicLong reconnects = new AtomicLong();
    final AtomicLong lastFrameNanos = new AtomicLong(Long.MIN_VALUE);
    volatile ClockReading clock = ClockReading.NOTHING;
    volatile CameraState state = CameraState.STOPPED;
    volatile Optional<String> skippedMetadata = Optional.empty();

    CameraCounters() {}

    /** Bytes of RTP and RTCP, headers included. */
    public long receivedBytes() {
        return receivedBytes.get();
    }

    /** Video access units received whole. */
    public long frames() {
        return frames.get();
    }

    /** RTP packets missing, of pictures and sound. */
    public long lostPackets() {
        return lostPackets.get();
    }

    /** Sessions in which the camera accepted PLAY. */
    public long sessions() {
        return sessions.get();
    }

    /** Times the camera was dialled again. */
    public long reconnects() {
        return reconnects.get();
    }

    /** When the last video frame came, on the recorder's ticker; MIN_VALUE if none ever came. */
    public long lastFrameNanos() {
        return lastFrameNanos.get();
    }

    /** What the session shows of the camera's clock; between sessions, what the last one did. */
    public ClockReading clock() {
        return clock;
    }

    public CameraState state() {
        return state;
    }

    /** The form of metadata that the camera offers, if it is not recorded. */
    public Optional<String> skippedMetadata() {
        return skippedMetadata;
    }

    /** One writer, so no atomic addition is needed, only that readers see the value in the end. */
    static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }
}

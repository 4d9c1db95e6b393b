package io.gapless.simulator;

import io.gapless.simulator.content.AudioClip;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.Rendition;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtp.AudioPacketizer;
import io.gapless.simulator.rtp.PacketizedFrame;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A camera that is switched on: which frame it produces when. That is a function of time alone, so
 * that every session, on whatever event loop, sees the same frames. For any thread.
 */
final class Camera {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CameraSpec spec;
    private final CameraClock clock;
    private final ClipLibrary library;
    private final long phaseNanos;
    private final int phase;
    private final int reorderFrames;
    private final AudioClip audio;
    private final List<PacketizedFrame> audioPackets;
    private final Map<Side, CameraAddress> addresses = new EnumMap<>(Side.class);
    private final CameraEncoder sharedEncoder;
    private final int[] viewers = new int[Rendition.COUNT];
    private int lastRendition;
    private final AtomicLong clockErrorMicros;
    private final LongAdder droppedFrames = new LongAdder();

    /**
     * @param share where between 0 and 1 this camera's frames lie between those of others
     */
    Camera(CameraSpec spec, CameraClock clock, ClipLibrary library, double share) {
        this.spec = spec;
        this.clock = clock;
        this.library = library;
        PacketizedClip clip = clip(spec.video(), 0);
        phaseNanos = (long) (share * NANOS_PER_SECOND / spec.video().framesPerSecond());
        phase = (int) (share * clip.length());
        reorderFrames = clip.reorderFrames();
        sharedEncoder = new CameraEncoder(this, clip, phase);
        audio =
                spec.audio() == AudioFormat.NONE
                        ? new AudioClip(AudioFormat.NONE, List.of(), "")
                        : library.audio(spec.audio());
        audioPackets =
                audio.units().stream()
                        .map(unit -> AudioPacketizer.packetize(spec.audio(), unit))
                        .toList();
        clockErrorMicros = new AtomicLong(micros(spec.time().offset()));
        for (Side side : Side.values()) {
            addresses.put(side, new CameraAddress(this, side));
        }
    }

    private PacketizedClip clip(VideoFormat format, int rendition) {
        return library.video(new Rendition(format, rendition), spec.parameterSets().inBand());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    /** Encodes all that a camera needs. */
    static void encode(CameraSpec spec, ClipLibrary library) {
        int renditions = spec.sessions().encoderPerSession() ? Rendition.COUNT : 1;
        for (int i = 0; i < renditions; i++) {
            library.video(new Rendition(spec.video(), i), spec.parameterSets().inBand());
        }
    }

    CameraSpec spec() {
        return spec;
    }

    CameraClock clock() {
        return clock;
    }

    AudioClip audio() {
        return audio;
    }

    CameraAddress address(Side side) {
        return addresses.get(side);
    }

    CameraEncoder sharedEncoder() {
        return sharedEncoder;
    }

    /** A connection comes by an address; to be given back. */
    Viewing view(CameraAddress address) {
        if (!spec.sessions().encoderPerSession()) {
            return new Viewing(address, sharedEncoder);
        }
        PacketizedClip clip = clip(spec.video(), takeRendition());
        return new Viewing(
                address, new CameraEncoder(this, clip, phase - clip.rendition().firstPicture()));
    }

    /** The rendition that fewest look at, and among those the one not looked at for longest. */
    private synchronized int takeRendition() {
        int best = (lastRendition + 1) % Rendition.COUNT;
        for (int i = 2; i <= Rendition.COUNT; i++) {
            int candidate = (lastRendition + i) % Rendition.COUNT;
            best = viewers[candidate] < viewers[best] ? candidate : best;
        }
        lastRendition = best;
        viewers[best]++;
        return best;
    }

    synchronized void giveBack(Viewing viewing) {
        if (spec.sessions().encoderPerSession()) {
            viewers[viewing.encoder().current().clip().rendition().number()]--;
        }
    }

    /** Frames produced so far; also the counter of the next one. */
    long frameCount() {
        long sinceFirst = clock.elapsedNanos() - phaseNanos;
        return Math.floorDiv(sinceFirst * spec.video().framesPerSecond(), NANOS_PER_SECOND) + 1;
    }

    /** When a frame is sent, in nanoseconds since the start. */
    long dueNanos(long frame) {
        // Rounded up, so that a frame that is due also counts as produced.
        int fps = spec.video().framesPerSecond();
        return phaseNanos + Math.floorDiv(frame * NANOS_PER_SECOND + fps - 1, fps);
    }

    /** Time of capture in microseconds since 1970: frames are sent as soon as none is reordered. */
    long captureMicros(long presentation) {
        return clock.wallMicros(dueNanos(presentation - reorderFrames));
    }

    /** The (fractional) place in presentation order of what is captured at a time. */
    double presentationAt(long elapsedNanos) {
        double fps = spec.video().framesPerSecond();
        return (elapsedNanos - phaseNanos) * fps / NANOS_PER_SECOND + reorderFrames;
    }

    /** What the camera believes to be the time, in microseconds since 1970. */
    long believedMicros(long elapsedNanos) {
        return spec.time().senderReports().wallMicros(clock, elapsedNanos) + clockErrorMicros.get();
    }

    /** Sets the camera's clock ahead for good, or back if negative. */
    void stepClock(Duration by) {
        clockErrorMicros.addAndGet(micros(by));
    }

    /** When an audio access unit is complete, in nanoseconds since the start. */
    long audioDueNanos(long unit) {
        AudioFormat format = spec.audio();
        return (unit + 1) * format.unitSamples() * NANOS_PER_SECOND / format.sampleRate();
    }

    PacketizedFrame audioPackets(long unit) {
        return audioPackets.get((int) (unit % audioPackets.size()));
    }

    void countDropped() {
        droppedFrames.increment();
    }

    long droppedFrames() {
        return droppedFrames.sum();
    }

    /** The clip for another size, encoded if it was not yet asked for. */
    PacketizedClip prepare(int width, int height) {
        return clip(spec.video().withSize(width, height), 0);
    }

    /** Changes size and label at the next GOP and says at which frame that is. */
    long change(int width, int height, int labelledFps) {
        if (spec.sessions().encoderPerSession()) {
            throw new IllegalArgumentException(
                    "camera '%s' has an encoder per session, whose picture does not change"
                            .formatted(spec.name()));
        }
        return sharedEncoder.change(prepare(width, height), labelledFps);
    }
}

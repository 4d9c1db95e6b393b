package io.gapless.simulator;

import io.gapless.simulator.content.AudioClip;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtp.AudioPacketizer;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera that is switched on: which frame it produces when. That is a function of time alone, so
 * that every session, on whatever event loop, sees the same frames. For any thread.
 */
final class Camera {
    private static final Logger LOG = LoggerFactory.getLogger(Camera.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    // Nobody has yet been sent a frame that is so far ahead.
    private static final Duration SWITCH_AHEAD = Duration.ofMillis(100);

    private final CameraSpec spec;
    private final CameraClock clock;
    private final ClipLibrary library;
    private final long phaseNanos;
    private final int reorderFrames;
    private final AudioClip audio;
    private final List<PacketizedFrame> audioPackets;
    private final ActiveFaults faults;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder droppedFrames = new LongAdder();
    private volatile List<Segment> segments;

    /**
     * @param share where between 0 and 1 this camera's frames lie between those of others
     */
    Camera(CameraSpec spec, CameraClock clock, ClipLibrary library, double share) {
        this.spec = spec;
        this.clock = clock;
        this.library = library;
        PacketizedClip clip = library.video(spec.video(), spec.parameterSets().inBand());
        phaseNanos = (long) (share * NANOS_PER_SECOND / spec.video().framesPerSecond());
        reorderFrames = clip.clip().reorderFrames();
        int phase = (int) (share * clip.length());
        segments = List.of(new Segment(0, 0, phase, clip, spec.labelledFramesPerSecond()));
        audio =
                spec.audio() == AudioFormat.NONE
                        ? new AudioClip(AudioFormat.NONE, List.of(), "")
                        : library.audio(spec.audio());
        audioPackets =
                audio.units().stream()
                        .map(unit -> AudioPacketizer.packetize(spec.audio(), unit))
                        .toList();
        faults = new ActiveFaults(clock);
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

    ActiveFaults faults() {
        return faults;
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

    Segment segment(long frame) {
        List<Segment> all = segments;
        int i = all.size() - 1;
        while (i > 0 && all.get(i).firstFrame() > frame) {
            i--;
        }
        return all.get(i);
    }

    /** The segment of what is sent now. */
    Segment currentSegment() {
        return segment(frameCount());
    }

    /** The frame with which a session that plays now starts. */
    long firstFrameOfSession() {
        long frame = frameCount();
        while (!spec.joinMidGop() && !segment(frame).isKey(frame)) {
            frame++;
        }
        return frame;
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

    /** When an audio access unit is complete, in nanoseconds since the start. */
    long audioDueNanos(long unit) {
        AudioFormat format = spec.audio();
        return (unit + 1) * format.unitSamples() * NANOS_PER_SECOND / format.sampleRate();
    }

    PacketizedFrame audioPackets(long unit) {
        return audioPackets.get((int) (unit % audioPackets.size()));
    }

    void attach(Channel connection) {
        connections.add(connection);
    }

    void detach(Channel connection) {
        connections.remove(connection);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail
    void closeConnections() {
        connections.forEach(Channel::close);
    }

    void countDropped() {
        droppedFrames.increment();
    }

    long droppedFrames() {
        return droppedFrames.sum();
    }

    /** The clip for another size, encoded if it was not yet asked for. */
    PacketizedClip prepare(int width, int height) {
        VideoFormat format = spec.video().withSize(width, height);
        return library.video(format, spec.parameterSets().inBand());
    }

    /** Changes size and label at the next GOP and says at which frame that is. */
    synchronized long change(int width, int height, int labelledFps) {
        PacketizedClip clip = prepare(width, height);
        int fps = spec.video().framesPerSecond();
        long frame = frameCount() + SWITCH_AHEAD.toMillis() * fps / 1000 + 1;
        while (!segment(frame).startsAnew(frame)) {
            frame++;
        }
        long ticks = segment(frame).ticks(frame);
        segments = List.of(segment(frame - 1), new Segment(frame, ticks, 0, clip, labelledFps));
        LOG.info("Camera {}: {}x{} from frame {} on", spec.name(), width, height, frame);
        return frame;
    }
}

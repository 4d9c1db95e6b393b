package io.gapless.simulator;

import io.gapless.simulator.content.VideoFormat;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a camera makes of its pictures: which frame is sent when is the camera's, which bits it has
 * is its encoder's. For any thread.
 */
final class CameraEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(CameraEncoder.class);
    // Nobody has yet been sent a frame that is so far ahead.
    private static final Duration SWITCH_AHEAD = Duration.ofMillis(100);

    private final Camera camera;
    private volatile List<Segment> segments;

    CameraEncoder(Camera camera, PacketizedClip clip, int phase) {
        this.camera = camera;
        segments = List.of(new Segment(0, 0, phase, clip, camera.spec().labelledFramesPerSecond()));
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
    Segment current() {
        return segment(camera.frameCount());
    }

    /** The frame with which a session that plays now starts. */
    long firstFrameOfSession() {
        long now = camera.frameCount();
        return switch (camera.spec().sessions().start()) {
            case KEY_FRAME -> nextKeyFrame(now);
            case NEXT_FRAME -> now;
            case REPLAYED_GOP -> newestKeyFrame(now);
            case FORCED_KEY_FRAME -> forceKeyFrame();
        };
    }

    private long nextKeyFrame(long from) {
        long frame = from;
        while (!segment(frame).isKey(frame)) {
            frame++;
        }
        return frame;
    }

    private long newestKeyFrame(long until) {
        long frame = until;
        // Frames before the camera's start exist as little as segments that have gone.
        while (frame > segments.get(0).firstFrame() && !segment(frame).isKey(frame)) {
            frame--;
        }
        return segment(frame).isKey(frame) ? frame : nextKeyFrame(until);
    }

    /** Begins the clip anew and says at which frame that is. */
    private synchronized long forceKeyFrame() {
        long frame = firstThatCanChange();
        while (!segment(frame).separates(frame)) {
            frame++;
        }
        Segment before = segment(frame);
        add(frame, before.clip(), before.labelledFps());
        return frame;
    }

    /** Changes clip and label at the next GOP and says at which frame that is. */
    synchronized long change(PacketizedClip clip, int labelledFps) {
        long frame = firstThatCanChange();
        while (!segment(frame).startsAnew(frame)) {
            frame++;
        }
        add(frame, clip, labelledFps);
        VideoFormat format = clip.format();
        LOG.info(
                "Camera {}: {}x{} from frame {} on",
                camera.spec().name(),
                format.width(),
                format.height(),
                frame);
        return frame;
    }

    private long firstThatCanChange() {
        int fps = camera.spec().video().framesPerSecond();
        long soon = camera.frameCount() + SWITCH_AHEAD.toMillis() * fps / 1000 + 1;
        return Math.max(soon, segments.get(segments.size() - 1).firstFrame() + 1);
    }

    private void add(long frame, PacketizedClip clip, int labelledFps) {
        Segment before = segment(frame - 1);
        segments = List.of(before, new Segment(frame, before.ticks(frame), 0, clip, labelledFps));
    }
}

package io.gapless.ring;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one camera's fragments of a second each and remembers what it sent. */
final class TestCamera {
    static final int FRAMES = 10;
    static final Instant START = Instant.parse("2026-11-22T14:22:33.500Z");

    private static final Clip SMALL = clip(160, 90);
    private static final Clip OTHER = clip(176, 144);

    private final CameraId id;
    private final MediaMemory memory;
    private final List<FragmentHeader> sent = new ArrayList<>();
    private Clip clip = SMALL;
    private MediaTime time;
    private RunId run = RunId.random();
    private long sequence;

    TestCamera(String id, MediaMemory memory, Instant start) {
        this.id = new CameraId(id);
        this.memory = memory;
        this.time = MediaTime.of(start);
    }

    TestCamera(String id, MediaMemory memory) {
        this(id, memory, START);
    }

    private static Clip clip(int width, int height) {
        return ClipEncoder.of(VideoCodec.H264)
                .size(width, height)
                .framesPerSecond(FRAMES)
                .gop(FRAMES)
                .frames(FRAMES)
                .encode();
    }

    CameraId id() {
        return id;
    }

    List<FragmentHeader> sent() {
        return sent;
    }

    Fragment next() {
        FragmentBuilder builder = new FragmentBuilder(id, run, memory, clip, Optional.empty());
        Fragment made = builder.build(time).get(0);
        Fragment fragment = made.withHeader(header(made.header()));
        sequence++;
        time = fragment.header().end();
        sent.add(fragment.header());
        return fragment;
    }

    private FragmentHeader header(FragmentHeader made) {
        FragmentHeader header =
                new FragmentHeader(
                        id,
                        run,
                        sequence,
                        made.start(),
                        made.durationTicks90k(),
                        made.videoFrames(),
                        made.audioFrames(),
                        made.digest(),
                        made.startsWithKeyFrame(),
                        false,
                        sequence == 0 ? Optional.of(GapCause.RECORDER_RESTART) : Optional.empty(),
                        Origin.REPLICA);
        return header.withClosed(sequence % 3 != 2);
    }

    Interruption interrupted(GapCause cause) {
        return new Interruption(id, time, cause, "as the test wants it");
    }

    /** A new session, so many seconds later; earlier if negative. */
    void reconnect(long seconds) {
        run = RunId.random();
        sequence = 0;
        time = time.plusTicks(seconds * MediaTime.TICKS_PER_SECOND);
    }

    void changePicture() {
        clip = OTHER;
    }
}

package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.rtp.EarlySenders;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session whose first pictures waited somewhere and then came all at once. */
class LateStartTest {
    private static final int FRAMES_PER_SECOND = 25;
    private static final Duration LATE = Duration.ofSeconds(10);
    private static final Duration JITTER = Duration.ofMillis(20);
    private static final String DESCRIPTION =
            """
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 sprop-parameter-sets=Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY,aOvjyyLA
            """;

    private final EventLoopGroup eventLoops = EventLoops.create(1, "test-late");
    private final MediaMemory memory = new MediaMemory(64 << 20);
    private final ScriptedClock clock = new ScriptedClock();
    private final List<FragmentHeader> fragments = new ArrayList<>();
    private final Instant began = clock.instant();

    @AfterEach
    void nothingIsLeftOver() {
        eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void picturesThatCameLateAreStampedWhenTheyWereTaken() {
        Run run = run();
        int late = seconds(LATE);
        for (int frame = 0; frame < 3 * late; frame++) {
            clock.set(frame < late ? LATE : time(frame));
            packet(run, frame);
        }
        run.end();

        assertThat(fragments.get(0).start().ticksSince(MediaTime.of(began)))
                .isBetween(0L, MediaTime.ticks(JITTER));
        assertThat(fragments).noneMatch(fragment -> fragment.gapBefore().isPresent());
        assertThat(fragments.stream().mapToInt(FragmentHeader::videoFrames).sum())
                .isEqualTo(3 * late);
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aSessionThatIsInTimeWaitsNoLongerThanTheDoubtLasts() {
        Run run = run();
        for (int frame = 0; frame <= 2 * FRAMES_PER_SECOND; frame++) {
            clock.set(time(frame));
            packet(run, frame);
        }

        assertThat(fragments).hasSize(2);
        run.end();
    }

    private Run run() {
        RecorderRuntime runtime =
                new RecorderRuntime(
                        eventLoops,
                        memory,
                        FragmentLimits.DEFAULT,
                        clock,
                        clock,
                        Origin.PRIMARY,
                        BackOff.DEFAULT);
        CameraSettings settings =
                new CameraSettings(
                        new CameraId("cam"),
                        URI.create("rtsp://camera/"),
                        Optional.empty(),
                        Transport.AUTO,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        false,
                        new Trust.SystemAuthorities());
        return new Run(
                settings,
                runtime,
                new CameraCounters(),
                new CameraCost(clock.getAsLong()),
                SessionPlan.of(SdpParser.parse(DESCRIPTION), false, false),
                new EarlySenders(),
                Optional.empty(),
                this::take);
    }

    private void take(Fragment fragment) {
        fragments.add(fragment.header());
        fragment.release();
    }

    private static int seconds(Duration duration) {
        return (int) duration.toSeconds() * FRAMES_PER_SECOND;
    }

    private static Duration time(int frame) {
        return Duration.ofMillis(1000L * frame / FRAMES_PER_SECOND);
    }

    /** A key frame a second. */
    private void packet(Run run, int frame) {
        byte[] picture =
                HexFormat.of().parseHex(frame % FRAMES_PER_SECOND == 0 ? "658801" : "419a02");
        ByteBuffer packet = ByteBuffer.allocate(12 + picture.length);
        packet.putShort((short) 0x80E0).putShort((short) frame);
        packet.putInt(frame * 90_000 / FRAMES_PER_SECOND).putInt(7).put(picture).flip();
        run.video().rtp(packet, clock.getAsLong());
    }
}

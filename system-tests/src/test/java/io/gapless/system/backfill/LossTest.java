package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.Fault;
import io.gapless.simulator.Side;
import io.gapless.simulator.content.VideoCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cameras over UDP and two replicas. {@code -Dgapless.loss.seconds=600} for the long run, {@code
 * -Dgapless.loss.seed=…} for other packets.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LossTest {
    private static final int SECONDS = Integer.getInteger("gapless.loss.seconds", 20);
    private static final long SEED = Long.getLong("gapless.loss.seed", 20_261_123L);
    private static final double PERCENT = 1;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final List<CameraSpec> CAMERAS =
            List.of(
                    CameraSpec.named("h264").withVideo(Fleet.PLAIN),
                    CameraSpec.named("h265").withVideo(Fleet.PLAIN.withCodec(VideoCodec.H265)),
                    CameraSpec.named("irregular")
                            .withVideo(Fleet.PLAIN.withKeyFramesAtRandom(10, 150, 3)),
                    CameraSpec.named("long-gop").withVideo(Fleet.PLAIN.withGopFrames(250)),
                    CameraSpec.named("b-frames").withVideo(Fleet.PLAIN.withBFrames(2, false)));

    @TempDir private static Path directory;

    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        site = Site.start(directory, CAMERAS, "udp", 2);
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
    }

    @Order(1)
    @Test
    void packetsLostOnThePrimarysSideOnly() throws Exception {
        Instant begun = Instant.now();
        for (String camera : site.cameras().names()) {
            site.cameras()
                    .inject(
                            camera,
                            Side.PRIMARY,
                            new Fault.PacketLoss(PERCENT, 1, OptionalLong.of(SEED)),
                            FOR_EVER);
        }
        site.awaitFrames(SECONDS);
        for (String camera : site.cameras().names()) {
            assertThat(site.isDamaged(camera)).as("%s is damaged by the loss", camera).isTrue();
        }
        site.cameras().names().forEach(camera -> site.cameras().heal(camera, Side.PRIMARY));
        new Recovery(site, "1 %% of the primary's packets lost for %d s (UDP)".formatted(SECONDS))
                .assertWhole(begun, LIMIT);
    }

    /** The first half of the hole is in one ring only, the second half in the other. */
    @Order(2)
    @Test
    void twoReplicasEachOfWhichHoldsAPart() throws Exception {
        Outages outages = site.outages();
        outages.takeDown("replica2");
        Instant dead = outages.takeDown("primary");
        site.awaitFrames(10);
        outages.raise("replica2");
        site.awaitReplica("replica2");
        outages.takeDown("replica");
        site.awaitFrames(10);
        outages.raise("primary");
        outages.raise("replica");
        site.awaitReplica("replica");
        new Recovery(site, "two replicas, each of which was down for a part of the outage")
                .assertWhole(dead, LIMIT);
    }
}

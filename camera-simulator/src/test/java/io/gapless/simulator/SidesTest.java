package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.simulator.content.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One camera by two addresses: the same frames, each address with its own faults. */
final class SidesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void bothSeeTheSameFrames() throws Exception {
        CameraSpec spec = Clips.small("a").withAudio(AudioFormat.PCMA);
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient one = new FfmpegClient(cameras.uri("a"), "tcp");
                FfmpegClient two = new FfmpegClient(cameras.replicaUri("a"), "tcp")) {
            assertThat(cameras.replicaUri("a").getPath()).isEqualTo("/a/replica");
            one.read(30);
            two.read(30);
            List<Mark> common = new ArrayList<>(one.packetMarks);
            common.retainAll(two.packetMarks);
            assertThat(common)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(
                            mark ->
                                    assertThat(one.hashesByCounter.get(mark.counter()))
                                            .isEqualTo(two.hashesByCounter.get(mark.counter())));
            assertThat(two.audioPackets).isPositive();
        }
    }

    @Test
    void aFaultOfOneSideIsNotTheOthers() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"));
                FfmpegClient primary = new FfmpegClient(cameras.uri("a"), "tcp");
                FfmpegClient replica = new FfmpegClient(cameras.replicaUri("a"), "tcp")) {
            primary.read(3);
            cameras.inject("a", Side.REPLICA, new Fault.Reboot(), LONG);
            assertThat(replica.read(100).ended).isTrue();
            primary.read(20);
            long first = primary.counters().get(0);
            assertThat(primary.counters())
                    .isEqualTo(LongStream.range(first, first + 23).boxed().toList());
            cameras.heal("a", Side.REPLICA);
            try (FfmpegClient back = new FfmpegClient(cameras.replicaUri("a"), "tcp")) {
                assertThat(back.read(1).ended).isFalse();
            }
        }
    }

    @Test
    void whatConcernsTheEncoderConcernsBoth() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"))) {
            Fault size = new Fault.Resolution(480, 272);
            assertThatThrownBy(() -> cameras.inject("a", Side.PRIMARY, size, LONG))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("both sides");
        }
    }
}

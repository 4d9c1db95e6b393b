package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RTSP within HTTP where HTTP's own requests need a password: at the GET, at the POST, at both. */
class HttpPasswordTest {
    private static final CameraSpec CAMERA =
            CameraSpec.named("cam")
                    .withVideo(
                            VideoFormat.DEFAULT
                                    .withSize(320, 240)
                                    .withFramesPerSecond(25)
                                    .withGopFrames(10));

    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    static Stream<Arguments> gates() {
        return Stream.of(HttpGate.Challenge.BASIC, HttpGate.Challenge.DIGEST)
                .flatMap(
                        challenge ->
                                Stream.of(Set.of("GET"), Set.of("POST"), Set.of("GET", "POST"))
                                        .map(guarded -> Arguments.of(challenge, guarded)));
    }

    /** One question is enough: its nonce, or the password, is right for the other request too. */
    @ParameterizedTest
    @MethodSource("gates")
    void thePasswordIsGiven(HttpGate.Challenge challenge, Set<String> guarded) throws Exception {
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(CAMERA).start();
                HttpGate gate = new HttpGate(cameras.uri("cam"), challenge, guarded)) {
            rig.record(settings(gate.uri(), HttpGate.PASSWORD), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            rig.stop();
            assertThat(gate.refused).hasValue(1);
        }
        assertThat(recorded.interruptions()).isEmpty();
        List<Long> counters = recorded.counters();
        assertThat(counters)
                .isEqualTo(
                        LongStream.range(counters.get(0), counters.get(0) + counters.size())
                                .boxed()
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("gates")
    void aWrongPasswordIsGivenOnce(HttpGate.Challenge challenge, Set<String> guarded)
            throws Exception {
        String method = guarded.contains("GET") ? "GET" : "POST";
        assertRefused(challenge, guarded, "wr0ng", method, 2);
    }

    /** A camera that finds every nonce stale would go on for ever. */
    @Test
    void noncesThatAreAlwaysStaleAreGivenUp() throws Exception {
        assertRefused(HttpGate.Challenge.STALE, Set.of("POST"), HttpGate.PASSWORD, "POST", 5);
    }

    private void assertRefused(
            HttpGate.Challenge challenge,
            Set<String> guarded,
            String password,
            String method,
            int refusals)
            throws Exception {
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(CAMERA).start();
                HttpGate gate = new HttpGate(cameras.uri("cam"), challenge, guarded)) {
            AtomicInteger refusedBefore = new AtomicInteger();
            rig.record(
                    settings(gate.uri(), password),
                    event -> {
                        refusedBefore.compareAndSet(0, gate.refused.get());
                        recorded.onEvent(event);
                    });
            recorded.await(r -> !r.interruptions().isEmpty());
            rig.stop();
            assertThat(refusedBefore).hasValue(refusals);
        }
        assertThat(recorded.interruptions())
                .first()
                .satisfies(
                        i -> assertThat(i.cause()).isEqualTo(GapCause.CAMERA_REFUSED),
                        i ->
                                assertThat(i.detail())
                                        .contains("refused HTTP's " + method + " with 401")
                                        .doesNotContain(password));
        assertThat(recorded.fragments()).isEmpty();
    }

    private static CameraSettings settings(URI uri, String password) {
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.of(new Credentials(HttpGate.USER, password)),
                Transport.HTTP,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                true);
    }
}

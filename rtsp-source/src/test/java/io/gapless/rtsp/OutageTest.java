package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final MediaTime END = new MediaTime(90_000);
    private static final MediaTime LATER = new MediaTime(180_000);

    private final List<Interruption> told = new ArrayList<>();
    private final Outage outage = new Outage(new CameraId("gate"), told::add);

    @Test
    void aCameraThatHangsUpAndThenRefusesThePasswordRefused() {
        outage.failed(GapCause.CAMERA_DISCONNECTED, "closed the connection", END);
        assertThat(told).isEmpty();
        outage.failed(GapCause.CAMERA_REFUSED, "refused us", LATER);
        outage.failed(GapCause.CAMERA_REFUSED, "refused us", LATER);
        assertThat(told)
                .containsExactly(
                        new Interruption(
                                new CameraId("gate"),
                                END,
                                GapCause.CAMERA_REFUSED,
                                "closed the connection, then refused us"));
        assertThat(outage.cause()).contains(GapCause.CAMERA_REFUSED);
    }

    @Test
    void anyOtherOutageKeepsItsFirstCause() {
        outage.failed(GapCause.CAMERA_SILENT, "sent no video", END);
        assertThat(told).hasSize(1);
        outage.failed(GapCause.CAMERA_REFUSED, "refused us", LATER);
        assertThat(told).extracting(Interruption::cause).containsExactly(GapCause.CAMERA_SILENT);
    }

    @Test
    void aBrokenConnectionIsToldOfWithTheNextAttempt() {
        outage.failed(GapCause.CAMERA_DISCONNECTED, "closed the connection", END);
        outage.failed(GapCause.CAMERA_UNREACHABLE, "is not reachable", LATER);
        assertThat(told)
                .singleElement()
                .satisfies(
                        i -> {
                            assertThat(i.cause()).isEqualTo(GapCause.CAMERA_DISCONNECTED);
                            assertThat(i.at()).isEqualTo(END);
                        });
        outage.over("host");
        assertThat(told).hasSize(1);
        assertThat(outage.cause()).isEmpty();
    }

    @Test
    void aBrokenConnectionIsToldOfBeforeTheVideoAfterIt() {
        outage.failed(GapCause.CAMERA_DISCONNECTED, "closed the connection", END);
        outage.over("host");
        assertThat(told)
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_DISCONNECTED);
    }
}

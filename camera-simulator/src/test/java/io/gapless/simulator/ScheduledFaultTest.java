package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduledFaultTest {
    @Test
    void readsCameraFaultTimeAndDuration() {
        assertThat(ScheduledFault.parse("cam-2:reboot@30s+10s"))
                .isEqualTo(
                        new ScheduledFault(
                                "cam-2",
                                Optional.empty(),
                                new Fault.Reboot(),
                                Duration.ofSeconds(30),
                                Optional.of(Duration.ofSeconds(10))));
        assertThat(ScheduledFault.parse("a.b:resolution=640x360@500ms"))
                .isEqualTo(
                        new ScheduledFault(
                                "a.b",
                                Optional.empty(),
                                new Fault.Resolution(640, 360),
                                Duration.ofMillis(500),
                                Optional.empty()));
        assertThat(ScheduledFault.parse("a:loss=5@1m").fault()).isEqualTo(new Fault.PacketLoss(5));
        assertThat(ScheduledFault.parse("a:replica:loss=0.5x8@1m"))
                .isEqualTo(
                        new ScheduledFault(
                                "a",
                                Optional.of(Side.REPLICA),
                                new Fault.PacketLoss(0.5, 8, OptionalLong.empty()),
                                Duration.ofMinutes(1),
                                Optional.empty()));
        assertThat(ScheduledFault.parse("a:clock-step=-2s@1m").fault())
                .isEqualTo(new Fault.ClockStep(Duration.ofSeconds(-2)));
        assertThat(ScheduledFault.parse("a:refuse-password@0s").fault())
                .isEqualTo(new Fault.RefusePassword());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:reboot",
                "reboot@3s",
                "a:explode@3s",
                "a:loss@3s",
                "a:loss=200@3s",
                "a:loss=0@3s",
                "a:loss=1x0@3s",
                "a:other:reboot@3s",
                "a:replica:resolution=640x360@3s",
                "a:replica:clock-step=2s@3s",
                "a:clock-step@3s",
                "a:resolution=640@3s",
                "a:reboot@3",
                "a:reboot@3s+x"
            })
    void refusesWhatIsNoFault(String text) {
        assertThatThrownBy(() -> ScheduledFault.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

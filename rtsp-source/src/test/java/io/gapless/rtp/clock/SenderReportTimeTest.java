package io.gapless.rtp.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.MediaTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderReportTimeTest {
    @Test
    void fractionIsBinary() {
        assertThat(utc(0xEC6F_F000_8000_0000L, "2026-01-01T00:00:00Z"))
                .isEqualTo(Instant.ofEpochSecond(0xEC6F_F000L - 2_208_988_800L, 500_000_000));
    }

    @Test
    void secondsBeginAnewIn2036() {
        assertThat(utc(0x0000_0001_0000_0000L, "2035-12-31T00:00:00Z"))
                .isEqualTo("2036-02-07T06:28:17Z");
        assertThat(utc(0xFFFF_FFFF_0000_0000L, "2036-03-01T00:00:00Z"))
                .isEqualTo("2036-02-07T06:28:15Z");
    }

    private static Instant utc(long ntp, String now) {
        long nowTicks = MediaTime.of(Instant.parse(now)).ticks90k();
        return new MediaTime(new SenderReportTime(ntp, 0).utcTicks(nowTicks)).toInstant();
    }
}

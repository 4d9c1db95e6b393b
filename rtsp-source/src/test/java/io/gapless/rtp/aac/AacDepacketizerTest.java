package io.gapless.rtp.aac;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.rtp.RtpPackets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AacDepacketizerTest {
    private final List<String> units = new ArrayList<>();
    private final AacDepacketizer depacketizer =
            new AacDepacketizer(
                    AacFormat.HIGH_BIT_RATE,
                    (unit, timestamp, samples) -> {
                        byte[] bytes = new byte[unit.remaining()];
                        unit.get(bytes);
                        units.add(timestamp + " " + HexFormat.of().formatHex(bytes));
                    });

    @Test
    void severalInAPacket() {
        depacketizer.packet(RtpPackets.hex("0020 0010 0018 aabb ccddee"), 1000, true);
        assertThat(units).containsExactly("1000 aabb", "2024 ccddee");
    }

    @Test
    void oneOverSeveralPackets() {
        depacketizer.packet(RtpPackets.hex("0010 0028 aabb"), 1000, false);
        depacketizer.packet(RtpPackets.hex("0010 0028 ccddee"), 1000, true);
        assertThat(units).containsExactly("1000 aabbccddee");
    }

    @Test
    void aLostFragmentDropsTheUnit() {
        depacketizer.packet(RtpPackets.hex("0010 0028 aabb"), 1000, false);
        depacketizer.packetsLost();
        depacketizer.packet(RtpPackets.hex("0010 0028 ee"), 1000, true);
        depacketizer.packet(RtpPackets.hex("0010 0010 aabb"), 2024, true);
        assertThat(units).containsExactly("2024 aabb");
    }

    @Test
    void anAdtsHeaderIsTakenOff() {
        depacketizer.packet(RtpPackets.hex("0010 0048 fff1 5040 013f fc aabb"), 0, true);
        assertThat(units).containsExactly("0 aabb");
    }

    @Test
    void survivesRubbish() {
        depacketizer.packet(RtpPackets.hex("00"), 0, true);
        depacketizer.packet(RtpPackets.hex("ffff 0010"), 0, true);
        depacketizer.packet(RtpPackets.hex("0020 0010 ffff aabb"), 0, true);
        assertThat(units).containsExactly("0 aabb");
    }
}

package io.gapless.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpSourceTest {
    private final RtpSource source = new RtpSource(90_000);
    private final RtpPacket packet = new RtpPacket();

    private int accept(int ssrc, int sequence) {
        assertThat(packet.parse(RtpPackets.packet(ssrc, sequence, 0, "00"))).isTrue();
        return source.accept(packet, 0);
    }

    @Test
    void countsLossAcrossTheWrap() {
        assertThat(accept(1, 65_534)).isZero();
        assertThat(accept(1, 1)).isEqualTo(2);
        assertThat(source.lostPackets()).isEqualTo(2);
        assertThat(source.extendedHighest()).isEqualTo(65_537);
        assertThat(source.fractionLost()).isEqualTo(128);
        assertThat(source.fractionLost()).isZero();
    }

    @Test
    void dropsWhatCameBefore() {
        accept(1, 10);
        accept(1, 11);
        assertThat(accept(1, 11)).isEqualTo(RtpSource.DROP);
        assertThat(accept(1, 10)).isEqualTo(RtpSource.DROP);
        assertThat(accept(1, 12)).isZero();
    }

    /** Old live555 servers send what belongs to a dead session. */
    @Test
    void dropsStrangersUntilTheyAreAlone() {
        accept(1, 10);
        assertThat(accept(2, 500)).isEqualTo(RtpSource.DROP);
        assertThat(accept(1, 11)).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(accept(2, 501 + i)).isEqualTo(RtpSource.DROP);
        }
        assertThat(accept(2, 505)).isEqualTo(1);
        assertThat(accept(2, 506)).isZero();
    }

    @Test
    void believesAJumpTheSecondTime() {
        accept(1, 10);
        assertThat(accept(1, 30_000)).isEqualTo(RtpSource.DROP);
        assertThat(accept(1, 30_001)).isEqualTo(1);
        assertThat(accept(1, 30_002)).isZero();
    }

    @Test
    void refusesWhatIsNoRtp() {
        assertThat(packet.parse(RtpPackets.hex("80"))).isFalse();
        assertThat(packet.parse(RtpPackets.hex("0060 0001 00000000 00000000"))).isFalse();
        assertThat(packet.parse(RtpPackets.hex("9060 0001 00000000 00000000 0000ffff"))).isFalse();
        assertThat(packet.parse(RtpPackets.hex("a060 0001 00000000 00000000 ff"))).isFalse();
    }

    @Test
    void findsThePayloadBetweenExtensionAndPadding() {
        assertThat(
                        packet.parse(
                                RtpPackets.hex(
                                        "b1e0 0001 00000002 00000003 00000009"
                                                + "abac0001 11111111 6588 0002")))
                .isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payload()).isEqualTo(RtpPackets.hex("6588"));
    }

    @Test
    void putsPacketsBackIntoOrder() {
        List<Integer> order = new ArrayList<>();
        ReorderBuffer buffer =
                new ReorderBuffer((p, nanos) -> order.add((int) p.get(p.position())));
        for (int sequence : new int[] {65_534, 0, 65_535, 0, 1, 4, 3, 1, 2, 5}) {
            buffer.push(sequence, RtpPackets.hex("%02x".formatted(sequence & 0x7F)), 0);
        }
        assertThat(order).containsExactly(126, 127, 0, 1, 2, 3, 4, 5);
    }

    @Test
    void doesNotWaitForEverForALostPacket() {
        List<Integer> order = new ArrayList<>();
        ReorderBuffer buffer =
                new ReorderBuffer((p, nanos) -> order.add((int) p.get(p.position())));
        buffer.push(1, RtpPackets.hex("01"), 0);
        buffer.push(3, RtpPackets.hex("03"), 0);
        buffer.push(5, RtpPackets.hex("05"), 300_000_000L);
        assertThat(order).containsExactly(1, 3);
        for (int sequence = 6; sequence < 80; sequence++) {
            buffer.push(sequence, RtpPackets.hex("%02x".formatted(sequence)), 300_000_000L);
        }
        assertThat(order).hasSize(2 + 75).startsWith(1, 3, 5, 6);
    }
}

package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gapless.simulator.content.FrameMark;
import io.gapless.simulator.content.VideoCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DisturbanceTest {
    private static final int PACKETS = 20_000;

    @Test
    void losesTheShareAskedForInBursts() {
        for (int burst : new int[] {1, 8}) {
            List<Integer> kept = kept(new Fault.PacketLoss(1, burst, OptionalLong.of(3)), random());
            assertThat(PACKETS - kept.size()).isCloseTo(PACKETS / 100, within(PACKETS / 250));
            for (int i = 1; i < kept.size(); i++) {
                assertThat((kept.get(i) - kept.get(i - 1) - 1) % burst).isZero();
            }
        }
    }

    @Test
    void aSeedLosesTheSamePacketsAgain() {
        Fault.PacketLoss seeded = new Fault.PacketLoss(5, 2, OptionalLong.of(3));
        assertThat(kept(seeded, random())).isEqualTo(kept(seeded, new SplittableRandom(9)));
        Fault.PacketLoss unseeded = new Fault.PacketLoss(5);
        assertThat(kept(unseeded, random())).isNotEqualTo(kept(unseeded, new SplittableRandom(9)));
    }

    /** Else its picture would arrive, and the frame seem to be missing. */
    @Test
    void aMarkIsNotLostWithoutItsPicture() {
        ActiveFaults faults = faults(new Fault.PacketLoss(30));
        for (VideoCodec codec : List.of(VideoCodec.H264, VideoCodec.H265)) {
            FrameMark mark = new FrameMark(codec, "cam");
            Disturbance disturbance = new Disturbance(faults, random());
            for (int i = 0; i < 1000; i++) {
                ByteBuf frame = Unpooled.buffer();
                ByteBuffer sei = mark.nalUnit(i, i);
                frame.writeByte('$').writeByte(0).writeShort(12 + sei.remaining());
                frame.writeZero(12).writeBytes(sei);
                frame.writeByte('$').writeByte(0).writeShort(4).writeInt(i);
                ByteBuf left = disturbance.thin(frame);
                assertThat(left.readableBytes()).isNotEqualTo(8);
                left.release();
            }
        }
    }

    /** A JPEG picture ends with its mark, and is not whole without; what follows is another. */
    @Test
    void aMarkThatEndsItsPictureTakesNothingAlong() {
        FrameMark mark = new FrameMark(VideoCodec.JPEG, "cam");
        Disturbance disturbance =
                new Disturbance(faults(new Fault.PacketLoss(50, 1, OptionalLong.of(3))), random());
        int before = 0;
        int kept = 0;
        for (int i = 0; i < 1000; i++) {
            ByteBuf last = Unpooled.buffer();
            ByteBuffer end = mark.nalUnit(i, i);
            last.writeByte('$').writeByte(0).writeShort(12 + 8 + end.remaining());
            last.writeByte(0x80).writeByte(0x80 | 26).writeZero(10 + 8).writeBytes(end);
            last.writeByte('$').writeByte(0).writeShort(4).writeInt(i);
            ByteBuf left = disturbance.thin(last);
            before += left.readableBytes() > 8 ? 1 : 0;
            kept += left.readableBytes() % (24 + end.limit()) == 8 ? 1 : 0;
            left.release();
        }
        assertThat(before).isBetween(400, 600);
        assertThat(kept).isBetween(400, 600);
    }

    private static ActiveFaults faults(Fault fault) {
        ActiveFaults faults =
                new ActiveFaults(new CameraClock(InstantSource.system(), System::nanoTime));
        faults.begin(fault, Duration.ofHours(1));
        return faults;
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }

    /** Which of many packets, numbered in their payload, are left. */
    private static List<Integer> kept(Fault.PacketLoss loss, SplittableRandom random) {
        Disturbance disturbance = new Disturbance(faults(loss), random);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < PACKETS; i += 4) {
            ByteBuf frame = Unpooled.buffer();
            for (int j = i; j < i + 4; j++) {
                frame.writeByte('$').writeByte(0).writeShort(4).writeInt(j);
            }
            ByteBuf left = disturbance.thin(frame);
            while (left.isReadable()) {
                kept.add(left.skipBytes(4).readInt());
            }
            left.release();
        }
        return kept;
    }
}

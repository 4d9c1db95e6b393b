package io.gapless.simulator;

import io.gapless.simulator.content.FrameMark;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.gapless.simulator.rtp.RtpStream;
import io.gapless.simulator.rtp.VideoPacketizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.random.RandomGenerator;

/** The pictures of a camera in one session; numbers are frame counters. */
final class VideoTrack extends Track {
    private static final int MARK_PACKET_BYTES = 200;

    private final Camera camera;
    private final CameraEncoder encoder;
    private final FrameMark mark;

    VideoTrack(Viewing viewing, RtpStream stream, PacketSink sink, RandomGenerator random) {
        super(viewing, stream, sink, random);
        camera = viewing.camera();
        encoder = viewing.encoder();
        mark = new FrameMark(camera.spec().video().codec(), camera.spec().name());
    }

    @Override
    long first() {
        return encoder.firstFrameOfSession();
    }

    @Override
    long ticks(long frame) {
        Segment segment = encoder.segment(frame);
        return segment.ticks(segment.presentation(frame));
    }

    @Override
    long ticksAt(long elapsedNanos) {
        return encoder.current().ticksBetween(camera.presentationAt(elapsedNanos));
    }

    @Override
    public long dueNanos(long frame) {
        return camera.dueNanos(frame);
    }

    @Override
    public void send(long frame) {
        Segment segment = encoder.segment(frame);
        PacketizedFrame packets = segment.packets(frame);
        if (!admits(packets.packetCount() + 1)) {
            return;
        }
        ByteBuf out =
                ByteBufAllocator.DEFAULT.directBuffer(packets.sizeBytes() + MARK_PACKET_BYTES);
        long presentation = segment.presentation(frame);
        packets.writeTo(
                out,
                mark.nalUnit(frame, camera.captureMicros(presentation)),
                VideoPacketizer.payloadType(camera.spec().video().codec()));
        stream().stamp(out, 0, segment.ticks(presentation));
        send(out);
    }
}

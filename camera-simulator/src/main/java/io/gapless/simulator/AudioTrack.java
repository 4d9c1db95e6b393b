package io.gapless.simulator;

import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.gapless.simulator.rtp.RtpStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.random.RandomGenerator;

/** The sound of a camera in one session; numbers are access units since the camera's start. */
final class AudioTrack extends Track {
    private final Camera camera;
    private final AudioFormat format;

    AudioTrack(Viewing viewing, RtpStream stream, PacketSink sink, RandomGenerator random) {
        super(viewing, stream, sink, random);
        camera = viewing.camera();
        format = camera.spec().audio();
    }

    @Override
    long first() {
        return ticksAt(camera.clock().elapsedNanos()) / format.unitSamples();
    }

    @Override
    long ticks(long unit) {
        return unit * format.unitSamples();
    }

    @Override
    long ticksAt(long elapsedNanos) {
        return (long) (elapsedNanos / 1e9 * format.sampleRate());
    }

    @Override
    public long dueNanos(long unit) {
        return camera.audioDueNanos(unit);
    }

    @Override
    public void send(long unit) {
        PacketizedFrame packets = camera.audioPackets(unit);
        if (!admits(packets.packetCount())) {
            return;
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(packets.sizeBytes());
        packets.writeTo(out);
        stream().stamp(out, 0, ticks(unit));
        send(out);
    }
}

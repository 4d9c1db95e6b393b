package io.gapless.simulator;

import io.gapless.simulator.rtp.MetadataPacketizer;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.gapless.simulator.rtp.RtpStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * What a camera makes out in its pictures, in one session; numbers are XML documents since the
 * camera's start. Every fifth is too long for one packet.
 */
final class MetadataTrack extends Track {
    private static final int PER_SECOND = 5;
    private static final long PERIOD_NANOS = 1_000_000_000L / PER_SECOND;
    private static final int TICKS = 90_000 / PER_SECOND;
    private static final int OBJECTS_OF_THE_LONG = 40;

    /** ONVIF Streaming Specification, 5.2.1.1. */
    private static final String DOCUMENT =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                    + "<tt:MetadataStream xmlns:tt=\"http://www.onvif.org/ver10/schema\">"
                    + "<tt:VideoAnalytics><tt:Frame UtcTime=\"%s\">%s</tt:Frame>"
                    + "</tt:VideoAnalytics></tt:MetadataStream>";

    private static final String OBJECT =
            "<tt:Object ObjectId=\"%d\"><tt:Appearance><tt:Shape>"
                    + "<tt:CenterOfGravity x=\"0.5\" y=\"-0.25\"/>"
                    + "</tt:Shape></tt:Appearance></tt:Object>";

    private final Camera camera;

    MetadataTrack(Viewing viewing, RtpStream stream, PacketSink sink, RandomGenerator random) {
        super(viewing, stream, sink, random);
        camera = viewing.camera();
    }

    @Override
    long first() {
        return camera.clock().elapsedNanos() / PERIOD_NANOS + 1;
    }

    @Override
    long ticks(long number) {
        return number * TICKS;
    }

    @Override
    long ticksAt(long elapsedNanos) {
        return (long) (elapsedNanos / 1e9 * PER_SECOND * TICKS);
    }

    @Override
    public long dueNanos(long number) {
        return number * PERIOD_NANOS;
    }

    @Override
    public void send(long number) {
        PacketizedFrame packets = MetadataPacketizer.packetize(document(number));
        if (!admits(packets.packetCount())) {
            return;
        }
        ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(packets.sizeBytes());
        packets.writeTo(out);
        stream().stamp(out, 0, ticks(number));
        send(out);
    }

    /** Of its objects, the first has the document's number. */
    private byte[] document(long number) {
        Instant time =
                Instant.EPOCH.plus(camera.believedMicros(dueNanos(number)), ChronoUnit.MICROS);
        StringBuilder objects = new StringBuilder(OBJECT.formatted(number));
        if (number % PER_SECOND == 0) {
            objects.append(OBJECT.formatted(0).repeat(OBJECTS_OF_THE_LONG));
        }
        return DOCUMENT.formatted(time, objects).getBytes(StandardCharsets.UTF_8);
    }
}

package io.gapless.rtsp;

import io.gapless.media.testing.PublishedByFfmpeg;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What FFmpeg publishes, as a camera would send it: each packet at its time. */
final class FfmpegCamera {
    private final int ticksPerFrame;
    private final List<String> lines = new ArrayList<>(List.of("# FFmpeg"));
    private int sequence;
    private int frame;

    private FfmpegCamera(PublishedByFfmpeg first, int ticksPerFrame) {
        this.ticksPerFrame = ticksPerFrame;
        first.description().forEach(line -> lines.add("| " + line));
    }

    /** A camera that sends all these one after the other as one stream. */
    static CameraScript overTcp(List<PublishedByFfmpeg> all, int ticksPerFrame) {
        FfmpegCamera camera = new FfmpegCamera(all.get(0), ticksPerFrame);
        camera.lines.add("> PLAY *");
        for (PublishedByFfmpeg published : all) {
            camera.send(published, Set.of(), FfmpegCamera::interleaved);
        }
        return CameraScript.parse(camera.lines);
    }

    /**
     * @param lost packets that do not arrive, counted from 0
     */
    static CameraScript overUdp(PublishedByFfmpeg published, int ticksPerFrame, Set<Integer> lost) {
        FfmpegCamera camera = new FfmpegCamera(published, ticksPerFrame);
        camera.lines.add("set transport udp");
        camera.lines.add("> PLAY *");
        camera.send(published, lost, packet -> "udp0 raw | " + hex(packet));
        return CameraScript.parse(camera.lines);
    }

    private interface Line {
        String of(byte[] packet);
    }

    private void send(PublishedByFfmpeg published, Set<Integer> lost, Line line) {
        boolean begins = true;
        for (int i = 0; i < published.packets().size(); i++) {
            byte[] packet = published.packets().get(i).clone();
            if (begins) {
                lines.add("at " + frame * (ticksPerFrame / 90_000.0));
            }
            begins = packet[1] < 0;
            ByteBuffer header = ByteBuffer.wrap(packet).putShort(2, (short) sequence);
            header.putInt(4, frame * ticksPerFrame).putInt(8, 1);
            if (!lost.contains(i)) {
                lines.add(line.of(packet));
            }
            sequence++;
            frame += begins ? 1 : 0;
        }
    }

    private static String interleaved(byte[] packet) {
        ByteBuffer head = ByteBuffer.allocate(4).put((byte) '$').put((byte) 0);
        return "raw " + hex(head.putShort((short) packet.length).array()) + hex(packet);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

package io.gapless.rtsp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** RTP and RTCP packets as a {@link CameraScript} describes them. */
final class RtpLine {
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

    private RtpLine() {}

    /**
     * @param line {@code rtp seq 1 time 0 marker | 65 88}, or {@code report ...}
     */
    static List<byte[]> packets(String line) {
        String[] parts = line.split("\\|", 2);
        byte[] payload = hex(parts.length > 1 ? parts[1] : "");
        List<String> words = List.of(parts[0].strip().split(" +"));
        return switch (words.get(0)) {
            case "rtp" -> rtp(words, payload);
            case "report" -> List.of(report(words, payload));
            default -> List.of(payload);
        };
    }

    /** {@code aa*100} is a hundred times aa. */
    static byte[] hex(String digits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : digits.strip().split(" +", -1)) {
            String[] times = word.split("\\*", 2);
            byte[] piece = HexFormat.of().parseHex(times[0]);
            for (int i = times.length > 1 ? Integer.parseInt(times[1]) : 1; i > 0; i--) {
                bytes.writeBytes(piece);
            }
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> rtp(List<String> words, byte[] payload) {
        List<byte[]> packets = new ArrayList<>();
        int count = (int) number(words, "count", 1);
        long step = number(words, "step", 0);
        int type = (int) number(words, "type", 96) | (words.contains("marker") ? 0x80 : 0);
        for (int i = 0; i < count; i++) {
            ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
            packet.put((byte) 0x80).put((byte) type);
            packet.putShort((short) (number(words, "seq", 0) + i));
            packet.putInt((int) (number(words, "time", 0) + i * step)).putInt(ssrc(words));
            packets.add(packet.put(payload).array());
        }
        return packets;
    }

    private static byte[] report(List<String> words, byte[] after) {
        Instant utc = Instant.parse(word(words, "utc", ""));
        ByteBuffer packet = ByteBuffer.allocate(28);
        packet.putInt(0x80C80006).putInt(ssrc(words));
        packet.putInt((int) (utc.getEpochSecond() + NTP_TO_UNIX_SECONDS));
        packet.putInt((int) ((((long) utc.getNano()) << 32) / 1_000_000_000L));
        packet.putInt((int) number(words, "time", 0)).putInt(0).putInt(0);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(packet.array());
        all.writeBytes(after);
        return all.toByteArray();
    }

    private static int ssrc(List<String> words) {
        return Integer.parseUnsignedInt(word(words, "ssrc", "11111111"), 16);
    }

    static long number(List<String> words, String name, long otherwise) {
        return Long.parseLong(word(words, name, Long.toString(otherwise)));
    }

    static String word(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : words.get(at + 1);
    }
}

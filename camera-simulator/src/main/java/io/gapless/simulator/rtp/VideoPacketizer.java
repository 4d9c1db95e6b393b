package io.gapless.simulator.rtp;

import io.gapless.simulator.content.ClipFrame;
import io.gapless.simulator.content.NalUnits;
import io.gapless.simulator.content.VideoCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays frames out as RTP packets: single NAL unit packets, fragments (FU-A, FU) and, for parameter
 * sets, aggregates (STAP-A, AP), as RFC 6184 section 5 and RFC 7798 section 4.4 have it.
 */
public final class VideoPacketizer {
    /** The dynamic payload type that the session description gives to video. */
    private static final int PAYLOAD_TYPE = 96;

    private static final int MAX_PAYLOAD_BYTES = 1400;

    private final VideoCodec codec;
    private final boolean withParameterSets;

    /**
     * @param withParameterSets whether the parameter sets in the frames are sent
     */
    public VideoPacketizer(VideoCodec codec, boolean withParameterSets) {
        this.codec = codec;
        this.withParameterSets = withParameterSets;
    }

    /** The payload type: RFC 3551's own for JPEG, a dynamic one for all else. */
    public static int payloadType(VideoCodec codec) {
        return codec == VideoCodec.JPEG ? JpegPacketizer.PAYLOAD_TYPE : PAYLOAD_TYPE;
    }

    public PacketizedFrame packetize(ClipFrame frame) {
        if (codec == VideoCodec.JPEG) {
            return JpegPacketizer.packetize(frame.nalUnits().get(0));
        }
        List<byte[]> leading = new ArrayList<>();
        List<byte[]> picture = new ArrayList<>();
        for (byte[] unit : frame.nalUnits()) {
            if (!withParameterSets && NalUnits.isParameterSet(codec, unit)) {
                continue;
            }
            (NalUnits.isPicture(codec, unit) ? picture : leading).add(unit);
        }
        ByteBuf out = Unpooled.buffer(sizeBytes(frame));
        writeLeading(out, leading);
        int markAt = out.writerIndex();
        for (int i = 0; i < picture.size(); i++) {
            writeUnit(out, picture.get(i), i == picture.size() - 1);
        }
        return new PacketizedFrame(out, markAt);
    }

    private static int sizeBytes(ClipFrame frame) {
        int bytes = frame.nalUnits().stream().mapToInt(unit -> unit.length).sum();
        return bytes + 20 * (bytes / MAX_PAYLOAD_BYTES + 2 * frame.nalUnits().size() + 2);
    }

    private void writeLeading(ByteBuf out, List<byte[]> units) {
        int bytes = units.stream().mapToInt(unit -> 2 + unit.length).sum();
        if (units.size() > 1 && bytes + 2 <= MAX_PAYLOAD_BYTES) {
            writeAggregate(out, units, bytes);
        } else {
            units.forEach(unit -> writeUnit(out, unit, false));
        }
    }

    private void writeAggregate(ByteBuf out, List<byte[]> units, int bytes) {
        switch (codec) {
            case H264 -> {
                Packets.header(out, PAYLOAD_TYPE, 1 + bytes, false);
                out.writeByte(0x60 | 24);
            }
            case H265 -> {
                Packets.header(out, PAYLOAD_TYPE, 2 + bytes, false);
                out.writeByte(48 << 1).writeByte(1);
            }
            case JPEG -> throw new IllegalStateException("JPEG is not aggregated");
        }
        units.forEach(unit -> out.writeShort(unit.length).writeBytes(unit));
    }

    private void writeUnit(ByteBuf out, byte[] unit, boolean last) {
        if (unit.length <= MAX_PAYLOAD_BYTES) {
            Packets.header(out, PAYLOAD_TYPE, unit.length, last);
            out.writeBytes(unit);
        } else {
            writeFragments(out, unit, last);
        }
    }

    private void writeFragments(ByteBuf out, byte[] unit, boolean last) {
        int headerBytes = codec == VideoCodec.H264 ? 1 : 2;
        int step = MAX_PAYLOAD_BYTES - headerBytes - 1;
        for (int at = headerBytes; at < unit.length; at += step) {
            int bytes = Math.min(step, unit.length - at);
            boolean end = at + bytes == unit.length;
            Packets.header(out, PAYLOAD_TYPE, headerBytes + 1 + bytes, last && end);
            writeFragmentHeader(out, unit, at == headerBytes, end);
            out.writeBytes(unit, at, bytes);
        }
    }

    private void writeFragmentHeader(ByteBuf out, byte[] unit, boolean start, boolean end) {
        int startAndEnd = (start ? 0x80 : 0) | (end ? 0x40 : 0);
        switch (codec) {
            case H264 -> {
                out.writeByte((unit[0] & 0xe0) | 28);
                out.writeByte(startAndEnd | (unit[0] & 0x1f));
            }
            case H265 -> {
                out.writeByte((unit[0] & 0x81) | (49 << 1)).writeByte(unit[1]);
                out.writeByte(startAndEnd | ((unit[0] >> 1) & 0x3f));
            }
            case JPEG -> throw new IllegalStateException("JPEG is fragmented otherwise");
        }
    }
}

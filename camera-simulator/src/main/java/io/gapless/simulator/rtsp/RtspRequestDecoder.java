package io.gapless.simulator.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Cuts a client's bytes into requests and interleaved packets. */
public final class RtspRequestDecoder extends ByteToMessageDecoder {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(
                    Unpooled.wrappedBuffer("\r\n\r\n".getBytes(UTF_8)).asReadOnly());

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) == '$') {
            interleaved(in).ifPresent(out::add);
        } else {
            request(in).ifPresent(out::add);
        }
    }

    private static Optional<RtspInput> interleaved(ByteBuf in) {
        if (in.readableBytes() < 4) {
            return Optional.empty();
        }
        int size = 4 + in.getUnsignedShort(in.readerIndex() + 2);
        if (in.readableBytes() < size) {
            return Optional.empty();
        }
        int channel = in.getUnsignedByte(in.readerIndex() + 1);
        in.skipBytes(size);
        return Optional.of(new RtspInput.Interleaved(channel));
    }

    private static Optional<RtspInput> request(ByteBuf in) {
        int head = ByteBufUtil.indexOf(END_OF_HEAD, in) - in.readerIndex();
        if (head < 0) {
            if (in.readableBytes() > MAX_HEAD_BYTES) {
                throw new DecoderException("no end of an RTSP request in 16 KiB");
            }
            return Optional.empty();
        }
        RtspRequest request = parse(in.toString(in.readerIndex(), head, UTF_8));
        int body = request.header("Content-Length").map(Integer::parseInt).orElse(0);
        if (in.readableBytes() < head + 4 + body) {
            return Optional.empty();
        }
        in.skipBytes(head + 4 + body);
        return Optional.of(request);
    }

    private static RtspRequest parse(String head) {
        List<String> lines = head.lines().toList();
        List<String> first = List.of(lines.get(0).trim().split(" ", -1));
        if (first.size() != 3 || !first.get(2).startsWith("RTSP/")) {
            throw new DecoderException("not an RTSP request");
        }
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
            }
        }
        return new RtspRequest(first.get(0), first.get(1), headers);
    }
}

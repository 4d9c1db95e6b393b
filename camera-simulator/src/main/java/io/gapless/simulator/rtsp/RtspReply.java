package io.gapless.simulator.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reply under construction (RFC 2326 section 7). */
public final class RtspReply {
    private static final Map<Integer, String> REASONS =
            Map.of(
                    200, "OK",
                    400, "Bad Request",
                    401, "Unauthorized",
                    404, "Not Found",
                    405, "Method Not Allowed",
                    454, "Session Not Found",
                    455, "Method Not Valid in This State",
                    461, "Unsupported Transport");

    private final int status;
    private final List<String> headers = new ArrayList<>();
    private String body = "";

    private RtspReply(int status) {
        this.status = status;
    }

    public static RtspReply ok() {
        return new RtspReply(200);
    }

    public static RtspReply refused(int status) {
        return new RtspReply(status);
    }

    public RtspReply header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    public RtspReply body(String contentType, String text) {
        body = text;
        return header("Content-Type", contentType);
    }

    /** The bytes to send in reply to a request. */
    public ByteBuf encode(ByteBufAllocator allocator, RtspRequest request) {
        StringBuilder text = new StringBuilder("RTSP/1.0 ");
        text.append(status).append(' ').append(REASONS.get(status)).append("\r\n");
        request.header("CSeq").ifPresent(cseq -> text.append("CSeq: " + cseq + "\r\n"));
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: " + body.getBytes(UTF_8).length + "\r\n");
        }
        return ByteBufUtil.writeUtf8(allocator, text.append("\r\n").append(body));
    }
}

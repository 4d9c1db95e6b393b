package io.gapless.simulator.rtsp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.base64.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * RTSP within HTTP, as QuickTime did it: what comes in the body of a POST, in Base64, is for the
 * connection whose GET has the same cookie, and answered there. Stands before all else, and makes
 * way if a client speaks RTSP.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the connection
public final class HttpTunnelDecoder extends ByteToMessageDecoder {
    private static final int LONGEST_METHOD = 5;
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(
                    Unpooled.wrappedBuffer("\r\n\r\n".getBytes(US_ASCII)).asReadOnly());
    private static final String ANSWER =
            String.join(
                    "\r\n",
                    "HTTP/1.0 200 OK",
                    "Content-Type: application/x-rtsp-tunnelled",
                    "Cache-Control: no-store",
                    "Pragma: no-cache",
                    "",
                    "");
    private static final String COOKIE = "x-sessioncookie:";

    private final HttpTunnels tunnels;

    /** The GET that a POST goes to. */
    private Optional<Channel> target = Optional.empty();

    public HttpTunnelDecoder(HttpTunnels tunnels) {
        this.tunnels = tunnels;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (target.isPresent()) {
            forward(in, target.get());
        } else if (in.readableBytes() >= LONGEST_METHOD) {
            begin(context, in);
        }
    }

    private void begin(ChannelHandlerContext context, ByteBuf in) {
        String start = in.toString(in.readerIndex(), LONGEST_METHOD, US_ASCII);
        boolean get = start.startsWith("GET ");
        if (!get && !start.equals("POST ")) {
            context.pipeline().remove(this);
            return;
        }
        int end = ByteBufUtil.indexOf(END_OF_HEAD, in) - in.readerIndex();
        if (end < 0) {
            return;
        }
        String cookie = cookie(in.readSlice(end + 4).toString(US_ASCII));
        if (get) {
            tunnels.open(cookie, context.channel());
            context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), ANSWER));
            context.pipeline().remove(this);
            return;
        }
        target = tunnels.get(cookie);
        if (target.isEmpty()) {
            context.writeAndFlush(
                            ByteBufUtil.writeAscii(
                                    context.alloc(), "HTTP/1.0 404 Not Found\r\n\r\n"))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String cookie(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(COOKIE))
                .map(line -> line.substring(COOKIE.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** Four characters at a time; what is written at once may end in padding. */
    private static void forward(ByteBuf in, Channel get) {
        while (in.readableBytes() >= 4) {
            ByteBuf plain = Base64.decode(in, in.readerIndex(), 4);
            in.skipBytes(4);
            get.eventLoop()
                    .execute(() -> get.pipeline().fireChannelRead(plain).fireChannelReadComplete());
        }
    }
}

package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** The POST of an {@link HttpTunnel}: nothing is to come of it but its end, which ends the GET. */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class TunnelUpstream extends ChannelInboundHandlerAdapter {
    private final TunnelDownstream down;

    TunnelUpstream(TunnelDownstream down) {
        this.down = requireNonNull(down, "down is null");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        down.close();
    }

    /** The end that follows is heard. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

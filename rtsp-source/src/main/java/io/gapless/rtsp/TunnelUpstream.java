package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Predicate;

/**
 * The POST of an {@link HttpTunnel}. Nothing is to come of it but its end, which ends the GET;
 * unless the camera asks for a password here too, and another POST takes its place.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class TunnelUpstream extends ChannelInboundHandlerAdapter {
    private final TunnelDownstream down;
    private final Predicate<HttpHead.Answer> replaced;
    private final HttpHead head = new HttpHead();
    private boolean answered;
    private boolean over;

    /**
     * @param replaced whether after this answer another POST takes the place of this one
     */
    TunnelUpstream(TunnelDownstream down, Predicate<HttpHead.Answer> replaced) {
        this.down = requireNonNull(down, "down is null");
        this.replaced = requireNonNull(replaced, "replaced is null");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!answered) {
                head.read(bytes).ifPresent(answer -> onAnswer(context, answer));
            }
        } finally {
            bytes.release();
        }
    }

    private void onAnswer(ChannelHandlerContext context, HttpHead.Answer answer) {
        answered = true;
        if (replaced.test(answer)) {
            over = true;
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!over) {
            down.close();
        }
    }

    /** The end that follows is heard. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/** Stands behind the TLS handler until its handshake is done, and then makes way. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a failed connection to close
final class TlsHandshake extends ChannelInboundHandlerAdapter {
    private final ChannelHandler successor;
    private final CompletableFuture<Channel> result;

    /**
     * @param result gets the channel once it is secure, or a {@link SessionFailure}
     */
    TlsHandshake(ChannelHandler successor, CompletableFuture<Channel> result) {
        this.successor = requireNonNull(successor, "successor is null");
        this.result = requireNonNull(result, "result is null");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                context.pipeline().replace(this, null, successor);
                result.complete(context.channel());
            } else {
                fail(context, sentence(completion.cause()));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, "closed the connection instead of speaking TLS");
    }

    /** Told of by the completion event, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

    private void fail(ChannelHandlerContext context, String sentence) {
        result.completeExceptionally(new SessionFailure(GapCause.CAMERA_PROTOCOL, sentence));
        context.close();
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof NotSslRecordException) {
            return "does not speak TLS on this port";
        }
        Throwable root = failure;
        while (root instanceof SSLException && root.getCause() != null) {
            root = root.getCause();
        }
        return "cannot be dialled securely: " + root.getMessage();
    }
}

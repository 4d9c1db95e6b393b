package io.gapless.rtsp;

import io.gapless.media.GapCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.base64.Base64;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The GET of an {@link HttpTunnel}. Takes the head of its answer off, hands on the rest, and sends
 * what is written by way of the POST. As POSTs that are right are never answered, what was written
 * is kept until the camera's first words come down the GET: until then the POST may have to be made
 * again, with a password.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class TunnelDownstream extends ChannelDuplexHandler {
    /** Who waits for an answer does not write much. */
    private static final int MOST_UNHEARD_BYTES = 64 * 1024;

    private final CompletableFuture<HttpHead.Answer> answer = new CompletableFuture<>();
    private final HttpHead head = new HttpHead();
    private Optional<ChannelHandlerContext> get = Optional.empty();
    private Optional<Channel> post = Optional.empty();
    private Optional<ByteBuf> unheard = Optional.empty();
    private boolean joined;

    /** Fails with {@link SessionFailure}. */
    CompletableFuture<HttpHead.Answer> answer() {
        return answer;
    }

    /** To be called once the answer was right: {@code connection} takes the tunnel over. */
    Channel join(ChannelHandler connection) {
        Channel channel = get.orElseThrow().channel();
        joined = true;
        unheard = Optional.of(Unpooled.buffer());
        channel.pipeline().addLast(connection);
        if (!channel.isActive()) {
            closePost();
        }
        return channel;
    }

    /** From now on what is written goes there, and first what the camera has not heard yet. */
    void sendBy(Channel newPost) {
        post = Optional.of(newPost);
        unheard.filter(ByteBuf::isReadable).ifPresent(bytes -> send(bytes.duplicate()));
        if (!get.orElseThrow().channel().isActive()) {
            closePost();
        }
    }

    /** Until there is another POST, what is written waits. */
    void forgetPost() {
        post = Optional.empty();
    }

    /** Whether the camera has said anything yet in the tunnel. */
    boolean isHeard() {
        return joined && unheard.isEmpty();
    }

    /** There is no right answer; does nothing if there was one. */
    void fail(SessionFailure failure) {
        if (answer.completeExceptionally(failure)) {
            close();
        }
    }

    /** The camera does not want what {@link #join joined} the tunnel after all. */
    void refuse(SessionFailure failure) {
        get.ifPresent(context -> context.fireExceptionCaught(failure));
    }

    void close() {
        get.ifPresent(context -> context.channel().close());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        get = Optional.of(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (!answer.isDone()) {
            head.read(bytes).ifPresent(answer::complete);
            if (head.isTooLong()) {
                fail(new SessionFailure(GapCause.CAMERA_PROTOCOL, "answers HTTP's GET endlessly"));
            }
        }
        if (joined && bytes.isReadable()) {
            unheard = Optional.empty();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!joined) {
            context.write(message, promise);
            return;
        }
        ByteBuf bytes = (ByteBuf) message;
        try {
            unheard.filter(kept -> kept.readableBytes() < MOST_UNHEARD_BYTES)
                    .ifPresent(kept -> kept.writeBytes(bytes.duplicate()));
            send(bytes);
        } finally {
            ReferenceCountUtil.release(message);
        }
        promise.trySuccess();
    }

    private void send(ByteBuf bytes) {
        if (post.isPresent() && bytes.isReadable()) {
            ByteBuf coded = Base64.encode(bytes, false);
            post.get().writeAndFlush(coded, post.get().voidPromise());
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        closePost();
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closePost();
        answer.completeExceptionally(
                new SessionFailure(
                        GapCause.CAMERA_DISCONNECTED, "closed the connection of HTTP's GET"));
        context.fireChannelInactive();
    }

    /** Once what was written to it is sent. */
    private void closePost() {
        post.ifPresent(
                p ->
                        p.writeAndFlush(Unpooled.EMPTY_BUFFER)
                                .addListener(ChannelFutureListener.CLOSE));
    }
}

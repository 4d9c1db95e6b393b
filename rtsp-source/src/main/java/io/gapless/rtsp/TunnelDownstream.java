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
 * what is written by way of the POST.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class TunnelDownstream extends ChannelDuplexHandler {
    static final int OK = 200;

    private static final int LONGEST_HEAD_BYTES = 8 * 1024;

    /** The head of the answer to GET. */
    record Answer(int status, RtspHeaders headers) {}

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final StringBuilder head = new StringBuilder();
    private Optional<Channel> get = Optional.empty();
    private Optional<Channel> post = Optional.empty();

    /** Fails with {@link SessionFailure}. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** To be called once the answer was right: {@code connection} takes the tunnel over. */
    Channel join(Channel newPost, ChannelHandler connection) {
        post = Optional.of(newPost);
        Channel channel = get.orElseThrow();
        channel.pipeline().addLast(connection);
        if (!channel.isActive()) {
            newPost.close();
        }
        return channel;
    }

    void fail(SessionFailure failure) {
        if (answer.completeExceptionally(failure)) {
            close();
        }
    }

    void close() {
        get.ifPresent(Channel::close);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        get = Optional.of(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (answer.isDone()) {
            context.fireChannelRead(message);
            return;
        }
        ByteBuf bytes = (ByteBuf) message;
        while (bytes.isReadable() && !answer.isDone()) {
            head.append((char) bytes.readUnsignedByte());
            if (endsHead()) {
                answer.complete(parse());
            } else if (head.length() > LONGEST_HEAD_BYTES) {
                fail(new SessionFailure(GapCause.CAMERA_PROTOCOL, "answers HTTP's GET endlessly"));
            }
        }
        context.fireChannelRead(message);
    }

    private boolean endsHead() {
        int length = head.length();
        return length >= 4 && head.charAt(length - 1) == '\n' && isBlankLineBefore(length - 1);
    }

    private boolean isBlankLineBefore(int end) {
        int before = head.charAt(end - 1) == '\r' ? end - 2 : end - 1;
        return head.charAt(before) == '\n';
    }

    private Answer parse() {
        String[] lines = head.toString().split("\r?\n", -1);
        String[] status = lines[0].split(" ", -1);
        RtspHeaders headers = new RtspHeaders();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
            }
        }
        int number = status.length > 1 ? RtspNumbers.parse(status[1]).orElse(0) : 0;
        return new Answer(lines[0].startsWith("HTTP/") ? number : 0, headers);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (post.isEmpty()) {
            context.write(message, promise);
            return;
        }
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (bytes.isReadable()) {
                ByteBuf coded = Base64.encode(bytes, false);
                post.get().writeAndFlush(coded, post.get().voidPromise());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        promise.trySuccess();
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

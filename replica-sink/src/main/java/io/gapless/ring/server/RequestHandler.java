package io.gapless.ring.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes its requests one after the other, has each answered by the threads that may
 * wait for disks, and sends the answer. Nothing waits on the connection's event loop, which owns
 * this.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what closing or sending came to shows in the channel
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** Requests sent ahead of their answers; more are not read. */
    private static final int MAX_AHEAD = 64;

    private final Service service;
    private final boolean overBound;
    private final ArrayDeque<HttpRequest> ahead = new ArrayDeque<>();
    private Optional<ScheduledFuture<?>> deadline = Optional.empty();
    private boolean busy;
    private boolean streaming;

    /**
     * @param overBound answers one request with 503, whatever it is
     */
    RequestHandler(Service service, boolean overBound) {
        this.service = service;
        this.overBound = overBound;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        closeAfter(context, service.limits().requestTimeout());
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.ifPresent(d -> d.cancel(false));
        endStream();
        context.fireChannelInactive();
    }

    /** Content is passed over: no request of ours has any, and one that has is the last. */
    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            if (!busy) {
                take(context, request);
            } else if (ahead.size() < MAX_AHEAD) {
                ahead.add(request);
            } else {
                context.close();
            }
        }
    }

    private void take(ChannelHandlerContext context, HttpRequest request) {
        busy = true;
        context.channel().config().setAutoRead(false);
        closeAfter(context, service.limits().answerTimeout(0));
        AnswerSender sender = new AnswerSender(context, request, service.limits().diskTimeout());
        Optional<FullHttpResponse> refusal = refusal(context, request);
        if (refusal.isPresent()) {
            boolean last = refusal.get().status().code() == 401 || !isBare(request) || overBound;
            done(context, sender.whole(refusal.get(), last), 0);
            return;
        }
        service.admission().requested();
        answer(context, request, sender);
    }

    /** What can be said without looking at what is asked. */
    private Optional<FullHttpResponse> refusal(ChannelHandlerContext context, HttpRequest request) {
        if (overBound) {
            return Optional.of(Responses.refusal(503, "too many connections"));
        } else if (request.decoderResult().isFailure()) {
            return Optional.of(unreadable(request.decoderResult().cause()));
        } else if (!service.access().admits(request, context.channel().remoteAddress())) {
            service.admission().refused();
            return Optional.of(Responses.refusal(401, ""));
        } else if (!request.method().equals(HttpMethod.GET) && !AnswerSender.isHead(request)) {
            return Optional.of(Responses.refusal(405, "only GET and HEAD are understood"));
        } else if (!isBare(request)) {
            return Optional.of(Responses.refusal(400, "a request has no content"));
        }
        return Optional.empty();
    }

    private static FullHttpResponse unreadable(Throwable why) {
        if (why instanceof TooLongHttpLineException) {
            return Responses.refusal(414, "the target is too long");
        } else if (why instanceof TooLongHttpHeaderException) {
            return Responses.refusal(431, "the headers are too long");
        }
        return Responses.refusal(400, "this is no HTTP request");
    }

    private static boolean isBare(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && !HttpUtil.isTransferEncodingChunked(request)
                && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    private void answer(ChannelHandlerContext context, HttpRequest request, AnswerSender sender) {
        RingRequest asked;
        try {
            asked = RequestTarget.parse(request.uri(), service.limits().range());
        } catch (BadRequestException e) {
            done(context, sender.whole(Responses.refusal(e.status(), e.getMessage()), false), 0);
            return;
        }
        if (!service.admission().admitStream()) {
            done(context, sender.whole(Responses.refusal(503, "too many answers"), false), 0);
            return;
        }
        streaming = true;
        try {
            service.disks().execute(() -> find(context, asked, sender));
        } catch (RejectedExecutionException e) {
            service.admission().busy();
            done(context, sender.whole(Responses.refusal(503, "too many answers"), false), 0);
        }
    }

    /** On a thread that may wait for disks. */
    private void find(ChannelHandlerContext context, RingRequest asked, AnswerSender sender) {
        Answer answer;
        try {
            answer = service.answers().answer(asked);
        } catch (IOException e) {
            LOG.debug("Ring: {} cannot be answered", asked, e); // the index says so, once
            answer = new Answer.Refusal(503, "the ring's disks cannot be read");
        } catch (RuntimeException e) {
            LOG.error("Ring: {} cannot be answered", asked, e);
            answer = new Answer.Refusal(500, "the ring failed");
        }
        Answer found = answer;
        try {
            context.executor().execute(() -> send(context, found, sender));
        } catch (RejectedExecutionException e) {
            AnswerSender.drop(found); // the server ends
        }
    }

    private void send(ChannelHandlerContext context, Answer answer, AnswerSender sender) {
        if (!context.channel().isActive()) {
            AnswerSender.drop(answer);
            return;
        }
        long bytes = sender.bytes(answer);
        closeAfter(context, service.limits().answerTimeout(bytes));
        done(context, sender.send(answer), bytes);
    }

    private void done(ChannelHandlerContext context, ChannelFuture sent, long fragmentBytes) {
        sent.addListener(
                (Future<? super Void> future) -> {
                    if (future.isSuccess() && fragmentBytes > 0) {
                        service.admission().sent(fragmentBytes);
                    }
                    next(context, future.isSuccess());
                });
    }

    private void next(ChannelHandlerContext context, boolean open) {
        endStream();
        busy = false;
        if (!open || !context.channel().isActive()) {
            context.close();
        } else if (ahead.isEmpty()) {
            closeAfter(context, service.limits().requestTimeout());
            context.channel().config().setAutoRead(true);
        } else {
            take(context, ahead.poll());
        }
    }

    private void endStream() {
        if (streaming) {
            streaming = false;
            service.admission().answered();
        }
    }

    private void closeAfter(ChannelHandlerContext context, Duration time) {
        deadline.ifPresent(d -> d.cancel(false));
        deadline =
                Optional.of(
                        context.executor()
                                .schedule(
                                        () -> context.close(),
                                        time.toMillis(),
                                        TimeUnit.MILLISECONDS));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            service.admission().refused();
            service.access().refused(context.channel().remoteAddress(), "no agreement in TLS");
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        LOG.debug("Ring: connection of {} ends", context.channel().remoteAddress(), failure);
        context.close();
    }
}

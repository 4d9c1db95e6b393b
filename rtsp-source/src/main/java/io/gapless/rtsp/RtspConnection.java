package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One RTSP connection: sends requests, matches answers to them, authenticates, answers the camera's
 * own requests, and hands on interleaved frames. Owned by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class RtspConnection extends ChannelInboundHandlerAdapter implements RtspDecoder.Sink {
    /** Hears what is no answer. */
    interface Listener {
        /**
         * @param payload valid until the method returns
         */
        void onFrame(int channel, ByteBuffer payload, long arrivalNanos);

        boolean isKnownChannel(int channel);

        /** Called once if the connection ends before {@link #close}. */
        void onBroken(SessionFailure failure);
    }

    static final String USER_AGENT = "Gapless";

    private final Authenticator authenticator;
    private final Duration answerTimeout;
    private final LongSupplier nanoTicker;
    private final CameraCost cost;
    private final Listener listener;
    private final RtspDecoder decoder = new RtspDecoder(RtspDecoderLimits.DEFAULT, this);
    private final Map<Integer, Exchange> pending = new LinkedHashMap<>();
    private Channel channel;
    private int lastCseq;
    private long arrivalNanos;
    private boolean closed;

    RtspConnection(
            Authenticator authenticator,
            Duration answerTimeout,
            LongSupplier nanoTicker,
            CameraCost cost,
            Listener listener) {
        this.authenticator = requireNonNull(authenticator, "authenticator is null");
        this.answerTimeout = requireNonNull(answerTimeout, "answerTimeout is null");
        this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker is null");
        this.cost = requireNonNull(cost, "cost is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /**
     * Sends a request; if the camera asks for a password, sends it again with one.
     *
     * @return the answer, whatever its status; fails with {@link SessionFailure} if none comes
     */
    CompletableFuture<RtspResponse> request(String method, String uri, RtspHeaders headers) {
        Exchange exchange = new Exchange(new RtspRequest(method, uri, headers));
        send(exchange);
        return exchange.answer;
    }

    private void send(Exchange exchange) {
        exchange.sent();
        RtspRequest request = exchange.request;
        RtspHeaders common = new RtspHeaders();
        int cseq = ++lastCseq;
        common.add("CSeq", Integer.toString(cseq)).add("User-Agent", USER_AGENT);
        authenticator
                .authorization(request.method(), request.uri())
                .ifPresent(a -> common.add("Authorization", a));
        StringBuilder text = new StringBuilder(256);
        text.append(request.method()).append(' ').append(request.uri()).append(" RTSP/1.0\r\n");
        common.writeTo(text);
        request.headers().writeTo(text);
        pending.put(cseq, exchange);
        exchange.expireAfter(channel.eventLoop(), answerTimeout, () -> pending.remove(cseq));
        write(text.append("\r\n"));
    }

    private void write(CharSequence text) {
        channel.writeAndFlush(ByteBufUtil.writeUtf8(channel.alloc(), text), channel.voidPromise());
    }

    /** How much the camera sent so far that is neither RTSP nor RTP. */
    long garbageBytes() {
        return decoder.allGarbageBytes();
    }

    /** Sends an interleaved frame, unless the camera has not read much that came before. */
    void sendFrame(int interleavedChannel, ByteBuffer payload) {
        if (!channel.isWritable()) {
            return;
        }
        ByteBuf header = channel.alloc().buffer(4);
        header.writeByte('$').writeByte(interleavedChannel).writeShort(payload.remaining());
        ByteBuf frame = Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(payload));
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    /** Closes once all that was written is sent; the listener hears no more. */
    void close() {
        closed = true;
        pending.values().forEach(Exchange::cancel);
        pending.clear();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        // A camera that does not read must not keep the connection.
        channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            arrivalNanos = nanoTicker.getAsLong();
            cost.received(bytes.readableBytes(), arrivalNanos);
            if (cost.isTooHigh()) {
                broken(new SessionFailure(GapCause.CAMERA_PROTOCOL, cost.excess().orElseThrow()));
            } else {
                decoder.decode(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void onFrame(int interleavedChannel, ByteBuffer payload) {
        listener.onFrame(interleavedChannel, payload, arrivalNanos);
    }

    @Override
    public boolean isKnownChannel(int interleavedChannel) {
        return listener.isKnownChannel(interleavedChannel);
    }

    @Override
    public void onResponse(RtspResponse response) {
        Exchange exchange = exchangeOf(response);
        if (exchange == null || closed) {
            return;
        }
        exchange.answered();
        if (response.status() != RtspResponse.UNAUTHORIZED) {
            authenticator.onAccepted();
        } else if (authenticator.onRefused(response.headers()) && exchange.mayBeRepeated()) {
            send(exchange);
            return;
        }
        exchange.answer.complete(response);
    }

    /** An answer without a number is taken for that to the latest request. */
    private Exchange exchangeOf(RtspResponse response) {
        int latest = pending.keySet().stream().reduce(0, (a, b) -> b);
        return pending.remove(response.cseq().orElse(latest));
    }

    @Override
    public void onRequest(RtspRequest request) {
        if (!channel.isWritable()) {
            broken(
                    new SessionFailure(
                            GapCause.CAMERA_PROTOCOL, "asks and asks, and does not read answers"));
            return;
        }
        boolean known =
                switch (request.method()) {
                    case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "TEARDOWN" ->
                            true;
                    default -> false;
                };
        StringBuilder text =
                new StringBuilder(
                        known ? "RTSP/1.0 200 OK\r\n" : "RTSP/1.0 501 Not Implemented\r\n");
        RtspHeaders headers = new RtspHeaders();
        request.headers().first("CSeq").ifPresent(c -> headers.add("CSeq", c));
        headers.add("Public", "OPTIONS, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, TEARDOWN");
        headers.writeTo(text);
        write(text.append("\r\n"));
        if (request.method().equals("TEARDOWN")) {
            broken(new SessionFailure(GapCause.CAMERA_DISCONNECTED, "ended the session"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broken(new SessionFailure(GapCause.CAMERA_DISCONNECTED, "closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SessionFailure failure) {
            broken(failure);
        } else if (cause instanceof IOException) {
            broken(
                    new SessionFailure(
                            GapCause.CAMERA_DISCONNECTED,
                            "broke the connection: " + cause.getMessage()));
        } else if (cause instanceof DecoderException) {
            broken(new SessionFailure(GapCause.CAMERA_PROTOCOL, cause.getMessage()));
        } else {
            broken(
                    new SessionFailure(
                            GapCause.CAMERA_PROTOCOL, "sent what cannot be read: " + cause));
        }
    }

    private void broken(SessionFailure failure) {
        if (closed) {
            return;
        }
        closed = true;
        Map<Integer, Exchange> unanswered = new LinkedHashMap<>(pending);
        pending.clear();
        listener.onBroken(failure);
        unanswered.values().forEach(e -> e.fail(failure));
        channel.close();
    }
}

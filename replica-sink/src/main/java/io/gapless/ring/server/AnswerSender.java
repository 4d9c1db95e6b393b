package io.gapless.ring.server;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Sends the answer to one request. To be used on the connection's event loop. */
final class AnswerSender {
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final Duration diskTimeout;

    /**
     * @param diskTimeout how long a disk may take to bring a piece of the answer
     */
    AnswerSender(ChannelHandlerContext context, HttpRequest request, Duration diskTimeout) {
        this.context = context;
        this.request = request;
        this.diskTimeout = diskTimeout;
    }

    static boolean isHead(HttpRequest request) {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** Lets go of what will not be sent. */
    static void drop(Answer answer) {
        if (answer instanceof Answer.Stored stored) {
            stored.reading().close();
        }
    }

    /** Of a fragment that this answer sends; 0 for any other. */
    long bytes(Answer answer) {
        return answer instanceof Answer.Stored stored && !isHead(request)
                ? range(stored).map(ByteRange::sizeBytes).orElse(stored.entry().sizeBytes())
                : 0;
    }

    /** Takes over what the answer holds; done when all of it is with the system's network. */
    ChannelFuture send(Answer answer) {
        if (answer instanceof Answer.Stored stored) {
            return stored(stored);
        } else if (answer instanceof Answer.Page page) {
            return page(page);
        } else if (answer instanceof Answer.Document document) {
            return whole(Responses.document(200, document.json()), false);
        }
        Answer.Refusal refusal = (Answer.Refusal) answer;
        return whole(Responses.refusal(refusal.status(), refusal.why()), false);
    }

    /**
     * @param last whether the connection ends with it
     */
    ChannelFuture whole(FullHttpResponse response, boolean last) {
        boolean keep = !last && keep(response);
        HttpUtil.setKeepAlive(response, keep);
        return ending(context.writeAndFlush(response), keep);
    }

    private boolean keep(HttpResponse response) {
        return HttpUtil.isKeepAlive(request) && response.status().code() != 400;
    }

    private static ChannelFuture ending(ChannelFuture sent, boolean keep) {
        return keep ? sent : sent.addListener(ChannelFutureListener.CLOSE);
    }

    private ChannelFuture page(Answer.Page page) {
        HttpResponse head = Responses.listing();
        boolean chunked = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        boolean keep = chunked && keep(head);
        HttpUtil.setTransferEncodingChunked(head, chunked);
        HttpUtil.setKeepAlive(head, keep);
        if (isHead(request)) {
            return headOnly(head, keep);
        }
        try {
            write(head);
            return ending(context.writeAndFlush(new HttpChunkedInput(new PageJson(page))), keep);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
    }

    private ChannelFuture stored(Answer.Stored stored) {
        Optional<ByteRange> range = range(stored);
        if (range.isPresent() && range.get().sizeBytes() == 0) {
            stored.reading().close();
            return whole(Responses.rangeNotSatisfiable(stored.entry().sizeBytes()), false);
        }
        HttpResponse head = Responses.fragment(stored, range);
        boolean keep = keep(head);
        HttpUtil.setKeepAlive(head, keep);
        if (isHead(request)) {
            stored.reading().close();
            return headOnly(head, keep);
        }
        write(head);
        write(pieces(stored, range.orElse(ByteRange.all(stored.entry().sizeBytes()))));
        return ending(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), keep);
    }

    /**
     * An answer that breaks off in the middle ends the connection, or the next would be misread.
     */
    private void write(Object part) {
        context.write(part).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private ChannelFuture headOnly(HttpResponse head, boolean keep) {
        write(head);
        return ending(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), keep);
    }

    private FilePieces pieces(Answer.Stored stored, ByteRange range) {
        return new FilePieces(
                context, stored.reading(), stored.entry().offset(), range, diskTimeout);
    }

    /** RFC 9110 section 13.1.5: a part only of the very bytes that the client has begun with. */
    private Optional<ByteRange> range(Answer.Stored stored) {
        String condition = request.headers().get(HttpHeaderNames.IF_RANGE);
        if (condition != null && !condition.equals(stored.entityTag())) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.headers().get(HttpHeaderNames.RANGE))
                .flatMap(header -> ByteRange.parse(header, stored.entry().sizeBytes()));
    }
}

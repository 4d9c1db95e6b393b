package io.gapless.ring.server;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Makes the heads of answers, and small answers whole. */
final class Responses {
    private static final String JSON = "application/json";
    private static final int RETRY_AFTER_SECONDS = 2;

    private Responses() {}

    /** An answer without detail, or with one sentence. */
    static FullHttpResponse refusal(int status, String why) {
        FullHttpResponse response =
                status == HttpResponseStatus.UNAUTHORIZED.code()
                        ? whole(status, new byte[0])
                        : document(status, error(why));
        switch (status) {
            case 401 -> response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            case 405 -> response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            case 503 -> response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> {}
        }
        return response;
    }

    private static byte[] error(String why) {
        try {
            return Documents.error(why);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
    }

    static FullHttpResponse document(int status, byte[] json) {
        FullHttpResponse response = whole(status, json);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON);
        return response;
    }

    private static FullHttpResponse whole(int status, byte[] content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(status),
                        Unpooled.wrappedBuffer(content));
        HttpUtil.setContentLength(response, content.length);
        common(response);
        return response;
    }

    /** The head of a listing, whose length is not known before it is written. */
    static HttpResponse listing() {
        HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON);
        common(response);
        return response;
    }

    /** The head of a fragment, or of a part of it. */
    static HttpResponse fragment(Answer.Stored stored, Optional<ByteRange> part) {
        long size = stored.entry().sizeBytes();
        ByteRange range = part.orElse(ByteRange.all(size));
        HttpResponse response =
                new DefaultHttpResponse(
                        HttpVersion.HTTP_1_1,
                        part.isPresent()
                                ? HttpResponseStatus.PARTIAL_CONTENT
                                : HttpResponseStatus.OK);
        HttpUtil.setContentLength(response, range.sizeBytes());
        if (part.isPresent()) {
            response.headers()
                    .set(
                            HttpHeaderNames.CONTENT_RANGE,
                            "bytes %d-%d/%d".formatted(range.from(), range.to() - 1, size));
        }
        response.headers().set(HttpHeaderNames.ETAG, stored.entityTag());
        response.headers().set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "video/mp4");
        common(response);
        return response;
    }

    static FullHttpResponse rangeNotSatisfiable(long size) {
        FullHttpResponse response = refusal(416, "the range begins behind the fragment");
        response.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + size);
        return response;
    }

    private static void common(HttpResponse response) {
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
}

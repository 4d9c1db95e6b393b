package io.gapless.ring.client;

import io.gapless.ring.access.RingSecret;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Sends requests to one ring and sorts what can go wrong before a body comes. */
final class RingHttp {
    /** The head of an answer, and its body to come. */
    record Answer(int status, HttpHeaders headers, BodyFlow body) {}

    private static final int WHOLE = 200;
    private static final int PARTIAL = 206;

    private final HttpClient http;
    private final RingAddress address;
    private final RingClientOptions options;

    RingHttp(HttpClient http, RingAddress address, RingClientOptions options) {
        this.http = http;
        this.address = address;
        this.options = options;
    }

    /**
     * The answer, whose status is 200 or 206 and whose body is to be closed.
     *
     * @param path with query
     */
    Answer get(String path, Map<String, String> headers, Patience patience, Asked asked)
            throws RingException {
        Answer answer = send(request(path, headers), patience, asked);
        if (answer.status() == WHOLE || answer.status() == PARTIAL) {
            return answer;
        }
        answer.body().close();
        throw refusal(answer.status(), asked);
    }

    private HttpRequest request(String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.uri() + path))
                        .timeout(options.firstByteTimeout());
        address.secret()
                .map(RingSecret::authorization)
                .ifPresent(secret -> request.setHeader("Authorization", secret));
        headers.forEach(request::setHeader);
        return request.build();
    }

    /**
     * Waits for the head alone: a body that breaks off at once must not hide what came of it, as it
     * would in the HTTP client's own answer.
     */
    private Answer send(HttpRequest request, Patience patience, Asked asked) throws RingException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<?> sending = http.sendAsync(request, head -> begin(head, answer));
        var unused =
                sending.whenComplete(
                        (whole, failure) -> {
                            if (failure != null) {
                                answer.completeExceptionally(failure);
                            }
                        });
        try {
            return answer.get(Math.max(0, limit(patience).toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            forget(sending, answer, e);
            throw asked.unreachable("it does not answer", e);
        } catch (InterruptedException e) {
            forget(sending, answer, e);
            Thread.currentThread().interrupt();
            throw asked.unreachable("asking was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(bare(e.getCause()), asked);
        }
    }

    private static BodyFlow begin(
            HttpResponse.ResponseInfo head, CompletableFuture<Answer> answer) {
        BodyFlow body = new BodyFlow();
        if (!answer.complete(new Answer(head.statusCode(), head.headers(), body))) {
            body.close(); // nobody waits for it any more
        }
        return body;
    }

    private static void forget(
            CompletableFuture<?> sending, CompletableFuture<Answer> answer, Exception why) {
        if (!answer.completeExceptionally(why)) {
            answer.join().body().close(); // it came just now
        }
        sending.cancel(true);
    }

    private static Throwable bare(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        return wrapped ? failure.getCause() : failure;
    }

    /** Connecting and the first byte have their own, shorter limits; this one holds in any case. */
    private Duration limit(Patience patience) {
        Duration usual = options.connectTimeout().plus(options.firstByteTimeout());
        Duration left = patience.left();
        return left.compareTo(usual) < 0 ? left : usual;
    }

    private static RingException failure(Throwable why, Asked asked) {
        if (why instanceof HttpConnectTimeoutException) {
            return asked.unreachable("it cannot be reached in time", why);
        } else if (why instanceof HttpTimeoutException) {
            return asked.unreachable("it does not answer", why);
        } else if (caused(why, SSLException.class)) {
            return asked.refused("no agreement in TLS: " + why.getMessage(), why);
        } else if (caused(why, ProtocolException.class)) {
            return asked.lie("it does not speak HTTP: " + why.getMessage(), why);
        }
        return asked.unreachable("it cannot be reached: " + why, why);
    }

    private static boolean caused(Throwable failure, Class<? extends IOException> by) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (by.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static RingException refusal(int status, Asked asked) {
        return switch (status) {
            case 401, 403 -> asked.refused("access is refused (%d)".formatted(status), null);
            case 404, 410 -> asked.gone("it is not there (%d)".formatted(status));
            case 429, 503 -> asked.busy("it has no capacity now (%d)".formatted(status));
            case 500, 502, 504 -> asked.failed("it fails itself (%d)".formatted(status));
            default -> asked.lie("it answers with status %d".formatted(status));
        };
    }
}

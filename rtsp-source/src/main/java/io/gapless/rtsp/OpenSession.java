package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The session that the camera keeps for us, and the requests about it.
 *
 * @param header empty if the camera gave the session no name
 * @param keepAliveMethod that the camera counts
 */
record OpenSession(
        RtspConnection connection,
        ControlUrls urls,
        Optional<SessionHeader> header,
        String keepAliveMethod) {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    OpenSession {
        requireNonNull(connection, "connection is null");
        requireNonNull(urls, "urls is null");
        requireNonNull(header, "header is null");
        requireNonNull(keepAliveMethod, "keepAliveMethod is null");
    }

    Duration keepAliveInterval() {
        return header.map(SessionHeader::keepAliveInterval).orElse(DEFAULT_INTERVAL);
    }

    /** Does not wait for the answer; the next media does not either. */
    @SuppressWarnings("FutureReturnValueIgnored") // an answer that does not come ends nothing
    void keepAlive() {
        connection.request(keepAliveMethod, urls.session(), headers());
    }

    /** A camera that is not told keeps its side of the session, and has few of them. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is there any more to hear it
    void tearDown() {
        if (header.isPresent()) {
            connection.request("TEARDOWN", urls.session(), headers());
        }
    }

    private RtspHeaders headers() {
        RtspHeaders headers = new RtspHeaders();
        header.ifPresent(h -> headers.add("Session", h.id()));
        return headers;
    }
}

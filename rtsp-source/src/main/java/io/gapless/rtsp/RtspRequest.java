package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

/** A request, ours or one of the few that cameras send themselves. */
record RtspRequest(String method, String uri, RtspHeaders headers) {
    RtspRequest {
        requireNonNull(method, "method is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(headers, "headers is null");
    }

    /** Header names and values are left out: credentials may stand in them. */
    @Override
    public String toString() {
        return method;
    }
}

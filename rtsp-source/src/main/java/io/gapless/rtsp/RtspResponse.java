package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * An answer of the camera.
 *
 * @param status 100 to 999
 * @param reason may be empty: some cameras leave it out
 * @param body may be empty; decoded as UTF-8
 */
record RtspResponse(int status, String reason, RtspHeaders headers, String body) {
    static final int OK = 200;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int UNSUPPORTED_TRANSPORT = 461;

    RtspResponse {
        requireNonNull(reason, "reason is null");
        requireNonNull(headers, "headers is null");
        requireNonNull(body, "body is null");
    }

    boolean isOk() {
        return status == OK;
    }

    /** 301 to 303 and 305 (RFC 2326 section 11.3), and 307, 308 of HTTP. */
    boolean isRedirect() {
        return status >= 301 && status <= 308 && status != 304;
    }

    /** Empty if the camera left it out or wrote something else than a number. */
    OptionalInt cseq() {
        return headers.first("CSeq").map(RtspNumbers::parse).orElse(OptionalInt.empty());
    }

    /** For messages: nothing but status and reason. */
    @Override
    public String toString() {
        return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    }
}

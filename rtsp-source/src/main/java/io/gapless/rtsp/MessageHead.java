package io.gapless.rtsp;

import io.netty.handler.codec.TooLongFrameException;
import java.util.regex.Pattern;

/** The start line and header fields of a message being received. */
final class MessageHead {
    /** A status line, whose reason may be missing, or a request line. */
    private static final Pattern START_LINE =
            Pattern.compile("RTSP/\\d\\.\\d +\\d{3}( .*)?|[A-Z_]+ +\\S+ +RTSP/\\d\\.\\d *");

    private static final Pattern HUGE = Pattern.compile("\\d{10}");

    private final String startLine;
    private final RtspHeaders headers = new RtspHeaders();
    private int lines;
    private int characters;

    MessageHead(String startLine) {
        this.startLine = startLine;
    }

    /** Garbage may begin like a message. */
    boolean isPlausible() {
        return START_LINE.matcher(startLine).matches();
    }

    void add(String line, RtspDecoderLimits limits) {
        characters += line.length();
        if (++lines > limits.headLines()) {
            throw new TooLongFrameException(
                    "sent more than %d header lines".formatted(limits.headLines()));
        }
        if (characters > limits.headBytes()) {
            throw new TooLongFrameException(
                    "sent more than %d bytes of header lines".formatted(limits.headBytes()));
        }
        headers.addLine(line);
    }

    /** 0 if it is none; the largest number if it is larger. */
    int contentLength() {
        String value = headers.first("Content-Length").orElse("");
        return RtspNumbers.parse(value)
                .orElse(HUGE.matcher(value).lookingAt() ? Integer.MAX_VALUE : 0);
    }

    void deliver(String body, RtspDecoder.Sink sink) {
        String[] words = startLine.strip().split(" +", 3);
        if (startLine.startsWith("RTSP/")) {
            int status = words.length > 1 ? RtspNumbers.parse(words[1]).orElse(0) : 0;
            String reason = words.length > 2 ? words[2] : "";
            sink.onResponse(new RtspResponse(status, reason, headers, body));
        } else {
            sink.onRequest(new RtspRequest(words[0], words.length > 1 ? words[1] : "*", headers));
        }
    }
}

package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.TooLongFrameException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes apart what a camera sends over RTSP's TCP connection: interleaved frames (RFC 2326 section
 * 10.12), responses and requests. Everything is parsed where it was received; only the unfinished
 * rest of a read is copied, and completed with the next one. So a packet costs no object.
 *
 * <p>Bytes that are none of these are skipped one by one until something is (some cameras write
 * garbage between frames). While it is lost like that it believes only in frames of known channels
 * that hold RTP or RTCP version 2.
 *
 * <p>Owned by one event loop.
 */
final class RtspDecoder {
    /** Hears what was decoded, while {@link #decode} runs. */
    interface Sink {
        /**
         * An interleaved frame.
         *
         * @param payload from position to limit; valid until the method returns
         */
        void onFrame(int channel, ByteBuffer payload);

        void onResponse(RtspResponse response);

        void onRequest(RtspRequest request);

        /** Whether frames of this channel are expected, asked while out of step. */
        boolean isKnownChannel(int channel);
    }

    private enum State {
        /** At the start of a frame or message. */
        START,
        /** The same, but the last bytes made no sense. */
        LOST,
        /** In the header lines of a message. */
        HEAD,
        /** In the body of a message. */
        BODY
    }

    private static final int FRAME_HEADER_BYTES = 4;

    private final RtspDecoderLimits limits;
    private final Sink sink;
    private final UnfinishedTail tail = new UnfinishedTail();
    private State state = State.START;
    private MessageHead head = new MessageHead("");
    private byte[] body = {};
    private int bodyBytes;

    /** Of the line that has not ended yet, from its beginning. */
    private int searchedBytes;

    private int garbageBytes;
    private long allGarbageBytes;

    RtspDecoder(RtspDecoderLimits limits, Sink sink) {
        this.limits = requireNonNull(limits, "limits is null");
        this.sink = requireNonNull(sink, "sink is null");
    }

    /**
     * Decodes all that remains of {@code in}; keeps no reference to it.
     *
     * @throws TooLongFrameException if the camera exceeds a limit
     */
    void decode(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (!tail.isEmpty()) {
                continueTail(in);
            } else if (!step(in)) {
                tail.keep(in);
            }
        }
    }

    /** Bytes are moved to the unfinished piece no further than it surely goes on. */
    private void continueTail(ByteBuffer in) {
        tail.move(in, missingBytes(tail.view()));
        ByteBuffer view = tail.view();
        while (step(view)) {
            if (!view.hasRemaining()) {
                break;
            }
        }
        tail.dropUpTo(view.position());
    }

    private int missingBytes(ByteBuffer view) {
        boolean frame =
                (state == State.START || state == State.LOST) && view.get(view.position()) == '$';
        if (!frame) {
            return 1;
        }
        if (view.remaining() < FRAME_HEADER_BYTES) {
            return FRAME_HEADER_BYTES - view.remaining();
        }
        return Math.max(1, frameBytes(view) - view.remaining());
    }

    /** Consumes one piece; false if it is not there as a whole yet. */
    private boolean step(ByteBuffer in) {
        return switch (state) {
            case START -> start(in);
            case LOST -> lost(in);
            case HEAD -> headLine(in);
            case BODY -> body(in);
        };
    }

    private boolean start(ByteBuffer in) {
        byte first = in.get(in.position());
        if (first == '$') {
            return frame(in);
        }
        if (first == '\r' || first == '\n') {
            in.get();
            return true;
        }
        return switch (StartLine.match(in)) {
            case YES -> startLine(in);
            case UNDECIDED -> false;
            case NO -> skip(in);
        };
    }

    private boolean lost(ByteBuffer in) {
        byte first = in.get(in.position());
        if (first != '$') {
            return start(in);
        }
        if (in.remaining() < FRAME_HEADER_BYTES + 1) {
            return false;
        }
        int channel = in.get(in.position() + 1) & 0xFF;
        boolean version2 = (in.get(in.position() + FRAME_HEADER_BYTES) & 0xC0) == 0x80;
        return (sink.isKnownChannel(channel) && version2) ? frame(in) : skip(in);
    }

    private boolean skip(ByteBuffer in) {
        in.get();
        garbage(1);
        return true;
    }

    private void garbage(int bytes) {
        state = State.LOST;
        garbageBytes += bytes;
        allGarbageBytes += bytes;
        if (garbageBytes > limits.garbageBytes()) {
            throw new TooLongFrameException(
                    "sent more than %d bytes that are neither RTSP nor RTP"
                            .formatted(limits.garbageBytes()));
        }
    }

    /** How many bytes were skipped so far. */
    long allGarbageBytes() {
        return allGarbageBytes;
    }

    private static int frameBytes(ByteBuffer in) {
        return FRAME_HEADER_BYTES + (in.getShort(in.position() + 2) & 0xFFFF);
    }

    private boolean frame(ByteBuffer in) {
        if (in.remaining() < FRAME_HEADER_BYTES || in.remaining() < frameBytes(in)) {
            return false;
        }
        int start = in.position();
        int end = start + frameBytes(in);
        int limit = in.limit();
        inStep();
        in.limit(end).position(start + FRAME_HEADER_BYTES);
        sink.onFrame(in.get(start + 1) & 0xFF, in);
        in.limit(limit).position(end);
        return true;
    }

    private void inStep() {
        // Storing a reference costs G1 a memory fence: 0.1 CPU seconds per GB, so not every time.
        if (state != State.START) {
            state = State.START;
        }
        garbageBytes = 0;
    }

    private boolean startLine(ByteBuffer in) {
        String line = line(in);
        if (line == null) {
            return false;
        }
        head = new MessageHead(line);
        if (head.isPlausible()) {
            inStep();
            state = State.HEAD;
        } else {
            garbage(line.length());
        }
        return true;
    }

    private boolean headLine(ByteBuffer in) {
        String line = line(in);
        if (line == null) {
            return false;
        }
        if (!line.isEmpty()) {
            head.add(line, limits);
            return true;
        }
        int length = head.contentLength();
        if (length > limits.bodyBytes()) {
            throw new TooLongFrameException(
                    "sent a body of more than %d bytes".formatted(limits.bodyBytes()));
        }
        body = new byte[length];
        bodyBytes = 0;
        state = State.BODY;
        return length > 0 || message();
    }

    private boolean body(ByteBuffer in) {
        int count = Math.min(in.remaining(), body.length - bodyBytes);
        in.get(body, bodyBytes, count);
        bodyBytes += count;
        return bodyBytes < body.length || message();
    }

    private boolean message() {
        state = State.START;
        String text = new String(body, StandardCharsets.UTF_8);
        body = new byte[0];
        head.deliver(text, sink);
        return true;
    }

    /**
     * A line without its end, or null if its end has not come yet. What was searched is not
     * searched again: a line that comes byte by byte would cost its square.
     */
    private String line(ByteBuffer in) {
        int start = in.position();
        for (int i = start + searchedBytes; i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                searchedBytes = 0;
                checkLine(i - start);
                int end = i > start && in.get(i - 1) == '\r' ? i - 1 : i;
                byte[] bytes = new byte[end - start];
                in.get(bytes);
                in.position(i + 1);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        searchedBytes = in.remaining();
        checkLine(searchedBytes);
        return null;
    }

    /** Also of a line that came at once: what is too long must not depend on where reads end. */
    private void checkLine(int bytes) {
        if (bytes > limits.lineBytes()) {
            throw new TooLongFrameException(
                    "sent a line of more than %d bytes".formatted(limits.lineBytes()));
        }
    }
}

package io.gapless.ring.client;

import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Fetches one fragment, taking a broken transfer up where it broke. One call, one thread. */
final class FragmentRequest {
    private static final int PARTIAL = 206;

    /** The transfer broke; what came of it is kept. */
    private static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOff(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final RingHttp http;
    private final RingClientOptions options;
    private final RingFragment listed;
    private final Throttle throttle;
    private final LongSupplier nanoTicker;
    private final Patience patience;
    private final Asked asked;
    private Optional<String> entityTag = Optional.empty();

    FragmentRequest(
            RingHttp http,
            RingClientOptions options,
            RingFragment listed,
            Throttle throttle,
            LongSupplier nanoTicker,
            Asked asked) {
        this.http = http;
        this.options = options;
        this.listed = listed;
        this.throttle = throttle;
        this.nanoTicker = nanoTicker;
        this.patience = new Patience(options, nanoTicker);
        this.asked = asked;
    }

    Fragment run(MediaMemory memory) throws RingException {
        try (FragmentIntake intake =
                new FragmentIntake(listed, options.maxFragmentBytes(), memory, asked)) {
            int broken = 0;
            while (!intake.isComplete()) {
                long before = intake.receivedBytes();
                try {
                    transfer(intake);
                } catch (BrokenOff e) {
                    broken++;
                    boolean moved = intake.receivedBytes() > before;
                    if (!moved || broken > options.resumptions()) {
                        throw asked.unreachable(e.getMessage(), e);
                    }
                }
            }
            return intake.proven();
        }
    }

    private void transfer(FragmentIntake intake) throws RingException, BrokenOff {
        if (entityTag.isEmpty()) {
            intake.restart();
        }
        RingHttp.Answer answer =
                http.get(
                        FragmentPath.fragment(listed.header()),
                        resumption(intake.receivedBytes()),
                        patience,
                        asked);
        try (BodyFlow body = answer.body()) {
            begin(answer, intake);
            receive(body, intake);
        }
    }

    private Map<String, String> resumption(long received) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (received > 0) {
            headers.put("Range", "bytes=%d-".formatted(received));
            headers.put("If-Range", entityTag.orElseThrow());
        }
        return headers;
    }

    /** Makes sure that what follows is what is missing. */
    private void begin(RingHttp.Answer answer, FragmentIntake intake) throws RingException {
        Optional<String> tag = answer.headers().firstValue("ETag").filter(t -> t.startsWith("\""));
        if (answer.status() == PARTIAL) {
            String missing =
                    "bytes %d-%d/%d"
                            .formatted(
                                    intake.receivedBytes(),
                                    listed.sizeBytes() - 1,
                                    listed.sizeBytes());
            String range = answer.headers().firstValue("Content-Range").orElse("");
            if (!range.equals(missing) || !tag.equals(entityTag)) {
                throw asked.lie("it resumes with other bytes than were asked for");
            }
        } else {
            intake.restart();
            entityTag = tag;
        }
        long expected = listed.sizeBytes() - intake.receivedBytes();
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (length != expected || answer.headers().firstValue("Content-Encoding").isPresent()) {
            throw asked.lie("it has %d bytes, not the %d listed".formatted(length, expected));
        }
    }

    private void receive(BodyFlow body, FragmentIntake intake) throws RingException, BrokenOff {
        patience.bodyBegins();
        try {
            Optional<List<ByteBuffer>> piece = body.next(patience.nextBytesNanos());
            while (piece.isPresent()) {
                long before = intake.receivedBytes();
                for (ByteBuffer bytes : piece.get()) {
                    intake.take(bytes);
                }
                hold((int) (intake.receivedBytes() - before));
                piece = body.next(patience.nextBytesNanos());
            }
            if (!intake.isComplete()) {
                throw new IOException("it broke off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw asked.unreachable("fetching was interrupted", e);
        } catch (RingException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
    }

    private void hold(int bytes) throws InterruptedException {
        patience.received(bytes);
        long before = nanoTicker.getAsLong();
        throttle.received(bytes);
        patience.forgive(nanoTicker.getAsLong() - before);
    }
}

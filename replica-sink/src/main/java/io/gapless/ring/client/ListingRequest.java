package io.gapless.ring.client;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.TimeRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks for a listing, page by page, each of which must go forward. One call, one thread. */
final class ListingRequest {
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private final RingHttp http;
    private final RingClientOptions options;
    private final CameraId camera;
    private final TimeRange range;
    private final Patience patience;
    private final Asked asked;
    private final List<RingFragment> fragments = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private boolean complete = true;

    ListingRequest(
            RingHttp http,
            RingClientOptions options,
            CameraId camera,
            TimeRange range,
            Patience patience,
            Asked asked) {
        this.http = http;
        this.options = options;
        this.camera = camera;
        this.range = range;
        this.patience = patience;
        this.asked = asked;
    }

    RingListing run() throws RingException {
        ListingPage page = page(Optional.empty());
        add(page);
        ListingPage last = page;
        while (last.next().isPresent()) {
            last = page(last.next());
            add(last);
        }
        interruptions.sort(Comparator.comparing(Interruption::at));
        return new RingListing(page.oldest(), last.newest(), fragments, interruptions, complete);
    }

    private ListingPage page(Optional<String> after) throws RingException {
        String path = FragmentPath.listing(camera, range, after);
        RingHttp.Answer answer = http.get(path, Map.of(), patience, asked);
        try (BodyFlow body = answer.body()) {
            return ListingReader.read(read(body), camera);
        } catch (IllegalArgumentException e) {
            throw asked.lie("its listing cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] read(BodyFlow body) throws RingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        patience.bodyBegins();
        try {
            Optional<List<ByteBuffer>> piece = body.next(patience.nextBytesNanos());
            while (piece.isPresent()) {
                int before = bytes.size();
                for (ByteBuffer buffer : piece.get()) {
                    byte[] copy = new byte[buffer.remaining()];
                    buffer.get(copy);
                    bytes.writeBytes(copy);
                }
                patience.received(bytes.size() - before);
                if (bytes.size() > options.maxPageBytes()) {
                    throw asked.lie("its listing has no end");
                }
                piece = body.next(patience.nextBytesNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw asked.unreachable("asking was interrupted", e);
        } catch (RingException e) {
            throw e;
        } catch (IOException e) {
            throw asked.unreachable(e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** Every page brings fragments later in order than all before, so that there is an end. */
    private void add(ListingPage page) throws RingException {
        List<RingFragment> sorted = new ArrayList<>(page.fragments());
        sorted.sort(Comparator.comparing(RingFragment::header, FragmentOrder.OF_HEADERS));
        for (RingFragment fragment : sorted) {
            add(fragment);
        }
        boolean forward = !sorted.isEmpty() && CURSOR.matcher(page.next().orElse("-")).matches();
        if (page.next().isPresent() && !forward) {
            throw asked.lie("its listing leads nowhere");
        }
        interruptions.addAll(page.interruptions());
        complete &= page.complete();
        if (fragments.size() > options.maxFragments()
                || interruptions.size() > options.maxFragments()) {
            throw asked.lie("it lists more than %d fragments".formatted(options.maxFragments()));
        }
    }

    private void add(RingFragment fragment) throws RingException {
        FragmentHeader header = fragment.header();
        if (!header.range().overlaps(range)) {
            throw asked.lie("it lists a fragment at %s".formatted(header.start()));
        }
        if (!fragments.isEmpty()) {
            FragmentHeader before = fragments.get(fragments.size() - 1).header();
            if (FragmentOrder.OF_HEADERS.compare(before, header) >= 0) {
                throw asked.lie("it lists a fragment twice, or out of order");
            }
        }
        fragments.add(fragment);
    }
}

package io.gapless.ring.server;

import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the target of a request (RFC 9112 section 3.2.1). Names and numbers of the protocol never
 * need encoding, so whatever is encoded, and whatever else is not in the few characters below, is
 * no target of ours; there is nothing to decode and so nothing to decode wrongly.
 */
final class RequestTarget {
    /** Year 15000 or so: sums of such times stay far from overflow. */
    private static final long MAX_TICKS = 1L << 55;

    private static final Pattern TARGET =
            Pattern.compile("(/[A-Za-z0-9._-]{1,64}){1,8}(\\?[A-Za-z0-9._=&-]{0,256})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final List<String> path;
    private final Map<String, String> query;

    private RequestTarget(List<String> path, Map<String, String> query) {
        this.path = path;
        this.query = query;
    }

    static RingRequest parse(String target, Duration maxRange) throws BadRequestException {
        if (!TARGET.matcher(target).matches()) {
            throw new BadRequestException(404, "there is nothing of this name");
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        List<String> parts = List.of(path.substring(1).split("/", -1));
        Map<String, String> query = query(mark < 0 ? "" : target.substring(mark + 1));
        return new RequestTarget(parts, query).request(maxRange);
    }

    private static Map<String, String> query(String text) throws BadRequestException {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split("&", -1))) {
            int equals = pair.indexOf('=');
            if (equals < 1
                    || query.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new BadRequestException(400, "the query is not name=value&name=value");
            }
        }
        return query;
    }

    private RingRequest request(Duration maxRange) throws BadRequestException {
        if (path.equals(List.of("v1", "status"))) {
            only(Set.of());
            return new RingRequest.Status();
        } else if (path.equals(List.of("v1", "cameras"))) {
            only(Set.of());
            return new RingRequest.Cameras();
        } else if (isOf("v1", "cameras", "*", "fragments")) {
            only(Set.of("from", "to", "after"));
            return listing(maxRange);
        } else if (isOf("v1", "cameras", "*", "runs", "*", "fragments", "*")) {
            only(Set.of("start"));
            return fragment();
        }
        throw new BadRequestException(404, "there is nothing of this name");
    }

    private boolean isOf(String... pattern) {
        boolean same = path.size() == pattern.length;
        for (int i = 0; same && i < pattern.length; i++) {
            same = pattern[i].equals("*") || pattern[i].equals(path.get(i));
        }
        return same;
    }

    private void only(Set<String> names) throws BadRequestException {
        if (!names.containsAll(query.keySet())) {
            throw new BadRequestException(400, "the query has a name that is not known");
        }
    }

    private RingRequest listing(Duration maxRange) throws BadRequestException {
        MediaTime from = time("from").orElseThrow(() -> bad("from"));
        MediaTime to = time("to").orElseThrow(() -> bad("to"));
        if (to.isBefore(from) || to.ticksSince(from) > MediaTime.ticks(maxRange)) {
            throw new BadRequestException(
                    400, "the range ends before it starts, or is longer than " + maxRange);
        }
        Optional<Cursor> after = Optional.ofNullable(query.get("after")).flatMap(Cursor::parse);
        if (after.isEmpty() && query.containsKey("after")) {
            throw bad("after");
        }
        return new RingRequest.Listing(camera(), new TimeRange(from, to), after);
    }

    private RingRequest fragment() throws BadRequestException {
        String run = path.get(4);
        if (!UUID_TEXT.matcher(run).matches()) {
            throw new BadRequestException(400, "the run is no UUID in small letters");
        }
        return new RingRequest.OneFragment(
                camera(),
                new RunId(UUID.fromString(run)),
                number(path.get(6), Long.MAX_VALUE, "the sequence"),
                time("start"));
    }

    private CameraId camera() throws BadRequestException {
        try {
            return new CameraId(path.get(2));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(400, "this is no camera's name");
        }
    }

    private Optional<MediaTime> time(String name) throws BadRequestException {
        String text = query.get(name);
        return text == null
                ? Optional.empty()
                : Optional.of(new MediaTime(number(text, MAX_TICKS, "'" + name + "'")));
    }

    private static long number(String text, long max, String what) throws BadRequestException {
        long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (value < 0 || value > max) {
            throw new BadRequestException(400, what + " is no possible number");
        }
        return value;
    }

    private static BadRequestException bad(String name) {
        return new BadRequestException(400, "'%s' is missing or impossible".formatted(name));
    }
}

package io.gapless.simulator.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as received (RFC 2326 section 6), its body dropped.
 *
 * @param uri as written by the client; digests are over exactly these characters
 * @param headers by name without regard to case
 */
public record RtspRequest(String method, String uri, SortedMap<String, String> headers)
        implements RtspInput {
    public RtspRequest {
        requireNonNull(method, "method is null");
        requireNonNull(uri, "uri is null");
        SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The path of the URI without its leading slash: camera, then perhaps a track. */
    public String path() {
        int host = uri.indexOf("://");
        int slash = host < 0 ? uri.indexOf('/') : uri.indexOf('/', host + 3);
        String path = slash < 0 ? "" : uri.substring(slash + 1);
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}

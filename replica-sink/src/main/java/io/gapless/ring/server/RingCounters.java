package io.gapless.ring.server;

/**
 * What a ring's server has done since it was started, and is doing.
 *
 * @param serving whether it holds the port; if not, another process of the host may
 * @param connections open now
 * @param streams answers under way now
 * @param requests whose access was granted
 * @param refused whose access was not, handshakes of TLS included
 * @param busy answered with 503, connections past the bound included
 * @param fragments sent to their end, or to the end of the range that was asked for
 * @param fragmentBytes of these
 */
public record RingCounters(
        boolean serving,
        int connections,
        int streams,
        long requests,
        long refused,
        long busy,
        long fragments,
        long fragmentBytes) {}

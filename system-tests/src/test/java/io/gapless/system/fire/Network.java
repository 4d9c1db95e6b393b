package io.gapless.system.fire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ways between the failure domains: every connection of the primary to HDFS, to the cameras and
 * to the rings, and of the replica to the cameras, goes through a {@link Relay}.
 */
final class Network implements AutoCloseable {
    static final String PRIMARY_HDFS = "primary-hdfs";
    static final String PRIMARY_CAMERAS = "primary-cameras";
    static final String PRIMARY_RINGS = "primary-rings";
    static final String REPLICA_CAMERAS = "replica-cameras";

    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<Link, List<Relay>> relays = new HashMap<>();

    Network() {
        for (String name : List.of(PRIMARY_HDFS, PRIMARY_CAMERAS, PRIMARY_RINGS, REPLICA_CAMERAS)) {
            links.put(name, new Link(name));
        }
    }

    /** Opens a way from {@code host:port} to {@code 127.0.0.1:target}. */
    Relay open(String link, String host, int port, int target) throws IOException {
        Relay relay =
                new Relay(
                        links.get(link),
                        new InetSocketAddress(host, port),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        relays.computeIfAbsent(links.get(link), any -> new ArrayList<>()).add(relay);
        return relay;
    }

    void cut(String target) throws IOException {
        for (Link link : named(target)) {
            link.cut();
            for (Relay relay : relays.getOrDefault(link, List.of())) {
                relay.plug();
            }
        }
    }

    void heal(String target) throws IOException {
        for (Link link : named(target)) {
            for (Relay relay : relays.getOrDefault(link, List.of())) {
                relay.unplug();
            }
            link.heal();
        }
    }

    void slow(String target, double bytesPerSecond) {
        named(target).forEach(link -> link.slow(bytesPerSecond));
    }

    /** A link, or all of a failure domain. */
    private List<Link> named(String target) {
        List<Link> found =
                links.values().stream()
                        .filter(
                                link ->
                                        link.name().equals(target)
                                                || link.name().startsWith(target + "-")
                                                // Its ring is the replica's.
                                                || (target.equals("replica")
                                                        && link.name().equals(PRIMARY_RINGS)))
                        .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no link is named '" + target + "'");
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        links.values().forEach(Link::heal);
        for (List<Relay> some : relays.values()) {
            for (Relay relay : some) {
                relay.close();
            }
        }
    }
}

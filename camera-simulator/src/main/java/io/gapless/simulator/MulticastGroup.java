package io.gapless.simulator;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * Where a session is multicast to. Each session has a group of its own, of those that leave no
 * organisation (RFC 2365 section 6.1), so that any number of simulators can be on one network.
 */
record MulticastGroup(String address, int rtpPort) {
    static MulticastGroup random(RandomGenerator random) {
        return new MulticastGroup(
                "239.255.%d.%d".formatted(random.nextInt(256), random.nextInt(1, 255)),
                2 * random.nextInt(5_000, 16_000));
    }

    InetSocketAddress rtp() {
        return new InetSocketAddress(address, rtpPort);
    }

    InetSocketAddress rtcp() {
        return new InetSocketAddress(address, rtpPort + 1);
    }

    /** Parameters of the transport header. */
    String transport() {
        return "multicast;destination=%s;port=%d-%d;ttl=1".formatted(address, rtpPort, rtpPort + 1);
    }
}

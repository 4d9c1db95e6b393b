package io.gapless.simulator;

import io.gapless.simulator.rtsp.TransportHeader.Way;

/** Which transports a camera grants; what it does not grant it refuses with status 461. */
public enum TransportPolicy {
    ANY,
    TCP,
    UDP,
    MULTICAST;

    boolean grants(Way way) {
        return switch (this) {
            case ANY -> true;
            case TCP -> way == Way.TCP;
            case UDP -> way == Way.UDP;
            case MULTICAST -> way == Way.MULTICAST;
        };
    }
}

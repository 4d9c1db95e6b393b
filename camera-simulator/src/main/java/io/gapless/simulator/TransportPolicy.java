package io.gapless.simulator;

/** Which transports a camera grants; what it does not grant it refuses with status 461. */
public enum TransportPolicy {
    ANY,
    TCP,
    UDP;

    boolean grants(boolean tcp) {
        return switch (this) {
            case ANY -> true;
            case TCP -> tcp;
            case UDP -> !tcp;
        };
    }
}

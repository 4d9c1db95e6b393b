package io.gapless.simulator;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One of the two addresses of a camera, with its own faults and connections. For any thread. */
final class CameraAddress {
    private final Camera camera;
    private final Side side;
    private final ActiveFaults faults;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

    CameraAddress(Camera camera, Side side) {
        this.camera = camera;
        this.side = side;
        faults = new ActiveFaults(camera.clock());
    }

    Camera camera() {
        return camera;
    }

    Side side() {
        return side;
    }

    /** The first part of the path of its URLs, without a slash before or after. */
    String path() {
        return camera.spec().name() + side.suffix();
    }

    ActiveFaults faults() {
        return faults;
    }

    /** Lets it have a fault from now on; some begin with the end of all connections. */
    void begin(Fault fault, Duration duration) {
        faults.begin(fault, duration);
        if (fault instanceof Fault.Reboot || fault instanceof Fault.RefusePassword) {
            closeConnections();
        }
    }

    void attach(Channel connection) {
        connections.add(connection);
    }

    void detach(Channel connection) {
        connections.remove(connection);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail
    private void closeConnections() {
        connections.forEach(Channel::close);
    }
}

package io.gapless.simulator.rtsp;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The GETs of clients that speak RTSP within HTTP, by their cookies. For any thread. */
public final class HttpTunnels {
    private final Map<String, Channel> gets = new ConcurrentHashMap<>();

    void open(String cookie, Channel get) {
        gets.put(cookie, get);
        get.closeFuture().addListener(closed -> gets.remove(cookie, get));
    }

    Optional<Channel> get(String cookie) {
        return Optional.ofNullable(gets.get(cookie));
    }
}

package io.gapless.backfill;

import io.gapless.ring.client.RingAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds the rings of this host's configuration: one for each address of a name. Names and secrets
 * are looked up again every minute, so both may change. Blocks on the name service; for any thread.
 */
final class RingFinder implements Supplier<List<Ring>>, AutoCloseable {
    private static final Duration VALID = Duration.ofMinutes(1);

    private final List<RingEndpoint> endpoints;
    private final LongSupplier nanoTicker;
    private Map<RingAddress, Ring> clients = Map.of();
    private List<Ring> found = List.of();
    private Optional<Long> foundNanos = Optional.empty();
    private boolean closed;

    RingFinder(List<RingEndpoint> endpoints, LongSupplier nanoTicker) {
        this.endpoints = List.copyOf(endpoints);
        this.nanoTicker = nanoTicker;
    }

    @Override
    public synchronized List<Ring> get() {
        long now = nanoTicker.getAsLong();
        if (!closed && foundNanos.map(at -> now - at > VALID.toNanos()).orElse(true)) {
            find();
            foundNanos = Optional.of(now);
        }
        return found;
    }

    private void find() {
        Map<RingAddress, Ring> before = clients;
        Map<RingAddress, Ring> now = new HashMap<>();
        List<Ring> rings = new ArrayList<>();
        for (RingEndpoint endpoint : endpoints) {
            try {
                for (RingAddress address : endpoint.address(System.getenv()).resolve()) {
                    rings.add(now.computeIfAbsent(address, a -> client(before, a)));
                }
            } catch (UnknownHostException e) {
                rings.add(unusable(endpoint, RingFault.UNREACHABLE, "its name is not known"));
            } catch (IllegalArgumentException e) {
                rings.add(unusable(endpoint, RingFault.REFUSED, e.getMessage()));
            }
        }
        clients = now;
        found = List.copyOf(rings);
        before.values().stream().filter(ring -> !now.containsValue(ring)).forEach(Ring::close);
    }

    private static Ring client(Map<RingAddress, Ring> before, RingAddress address) {
        Ring ring = before.get(address);
        return ring == null ? new HttpRing(address) : ring;
    }

    private static Ring unusable(RingEndpoint endpoint, RingFault fault, String complaint) {
        return new UnusableRing(endpoint.url().toString(), fault, complaint);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clients.values().forEach(Ring::close);
        clients = Map.of();
        found = List.of();
    }
}

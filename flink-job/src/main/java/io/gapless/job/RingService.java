package io.gapless.job;

import static java.util.Objects.requireNonNull;

import io.gapless.backfill.SecretSource;
import io.gapless.backfill.TlsFiles;
import io.gapless.ring.RingDirectories;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * How the TaskManagers of a replica serve their ring. Part of the job graph, so it says where a
 * secret is to be found and holds none.
 *
 * @param directories of the ring
 * @param bytesPerSecond of all answers together, 0 for no bound
 */
record RingService(
        List<String> directories,
        String host,
        int port,
        SecretSource secret,
        TlsFiles tls,
        int connections,
        long bytesPerSecond)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    RingService {
        directories = List.copyOf(directories);
        requireNonNull(host, "host is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(tls, "tls is null");
    }

    /**
     * A server that is not started yet. May wait for a disk and for the name service.
     *
     * @throws IllegalArgumentException with one sentence if this host lacks something
     */
    RingServer server() {
        RingServerOptions options =
                new RingServerOptions(
                        new InetSocketAddress(host, port),
                        secret.secret(System.getenv()),
                        tls.tls(),
                        false,
                        RingServerLimits.DEFAULT
                                .withConnections(connections)
                                .withBytesPerSecond(bytesPerSecond));
        return new RingServer(
                options, new RingDirectories(directories.stream().map(Path::of).toList()));
    }

    @Override
    public String toString() {
        return "ring on %s:%d".formatted(host, port);
    }
}

package io.gapless.job.cli;

import io.gapless.ring.RingDirectories;
import io.gapless.ring.access.RingSecret;
import io.gapless.ring.access.RingTls;
import io.gapless.ring.client.RingAddress;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nvr ring}: serves a ring's directories without a recorder. */
@Command(
        name = "ring",
        mixinStandardHelpOptions = true,
        description = {
            "Serves what a replica has recorded into its ring, until interrupted.",
            "A primary whose configuration names this address fetches from it what its archive lacks.",
            "Clients show a secret, or a certificate of one of the trusted authorities, or both if both are given."
        },
        footer = "Exit status 0: served until interrupted. 2: not served.")
final class RingCommand implements Callable<Integer> {
    /** Of two places for a secret, one. */
    static final class SecretSource {
        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "The secret is the first line of this file.")
        private Optional<Path> file = Optional.empty();

        @Option(
                names = "--secret-env",
                paramLabel = "NAME",
                description = "The secret is in this environment variable.")
        private Optional<String> environment = Optional.empty();
    }

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "The ring's directory, or all of them: DIR/recordings/DAY/CAMERA/…")
    private List<Path> directories;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + RingAddress.DEFAULT_PORT,
            description = "Where to serve (default: ${DEFAULT-VALUE}); port 0 for any.")
    private String listen;

    @ArgGroup private SecretSource secret = new SecretSource();

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM: the server's certificate and those between it and its authority.")
    private Optional<Path> certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM: its private key, PKCS #8, not encrypted.")
    private Optional<Path> key;

    @Option(
            names = "--tls-trusted",
            paramLabel = "FILE",
            description = "PEM: authorities; clients must show a certificate of one of them.")
    private Optional<Path> trusted;

    @Option(
            names = "--open-to-this-host",
            description = "Serve everybody on this host without a secret; on loopback only.")
    private boolean openToThisHost;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "At once (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--bandwidth",
            paramLabel = "BYTES",
            defaultValue = "0",
            description = "To all clients together, a second; 0 for no bound (the default).")
    private long bandwidth;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new NotDirectoryException(directory.toString());
            }
        }
        RingServerLimits limits =
                RingServerLimits.DEFAULT.withConnections(connections).withBytesPerSecond(bandwidth);
        RingServerOptions options =
                new RingServerOptions(address(), secret(), tls(), openToThisHost, limits);
        try (RingServer server = new RingServer(options, new RingDirectories(directories))) {
            InetSocketAddress address = server.start();
            System.out.printf("Ring at %s%n", url(address));
            System.out.flush();
            awaitInterrupt();
        }
        return 0;
    }

    private static void awaitInterrupt() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown));
        asked.await();
    }

    private String url(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return "%s://%s:%d"
                .formatted(
                        certificate.isPresent() ? "https" : "http",
                        host.contains(":") ? "[" + host + "]" : host,
                        address.getPort());
    }

    private InetSocketAddress address() {
        URI uri;
        try {
            uri = URI.create("ring://" + listen);
        } catch (IllegalArgumentException e) {
            throw noAddress(e);
        }
        if (uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > 0xFFFF) {
            throw noAddress(null);
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    private IllegalArgumentException noAddress(Throwable cause) {
        return new IllegalArgumentException(
                "--listen '%s' is no HOST:PORT, such as 127.0.0.1:%d or [::]:%d"
                        .formatted(listen, RingAddress.DEFAULT_PORT, RingAddress.DEFAULT_PORT),
                cause);
    }

    private Optional<RingSecret> secret() throws IOException {
        if (secret.file.isPresent()) {
            return Optional.of(RingSecret.ofFile(secret.file.get()));
        }
        return secret.environment.map(name -> RingSecret.ofEnvironment(name, System.getenv()));
    }

    private Optional<RingTls> tls() {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("--tls-certificate and --tls-key need each other");
        } else if (certificate.isEmpty() && trusted.isPresent()) {
            throw new IllegalArgumentException("--tls-trusted needs --tls-certificate");
        }
        return certificate.map(
                file ->
                        new RingTls(
                                Optional.of(new RingTls.Identity(file, key.orElseThrow())),
                                trusted));
    }
}

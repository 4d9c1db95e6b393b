package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.ring.access.RingSecret;
import io.gapless.ring.access.RingTls;
import io.gapless.ring.client.RingAddress;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingException;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.RingRefusedException;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates on both sides. */
@Timeout(120)
class RingTlsTest {
    @TempDir private static Path directory;
    private static TestCertificates certificates;
    private static HandMadeRing ring;

    @BeforeAll
    static void make() throws Exception {
        certificates = new TestCertificates(directory.resolve("tls"));
        ring = new HandMadeRing(directory.resolve("ring"));
        ring.add("front", HandMadeRing.START);
    }

    private static RingServer server(boolean clientsHaveCertificates, Optional<RingSecret> secret) {
        RingTls tls =
                new RingTls(
                        Optional.of(certificates.identity("ring")),
                        clientsHaveCertificates
                                ? Optional.of(certificates.authority())
                                : Optional.empty());
        return new RingServer(
                new RingServerOptions(
                        ServedRing.loopback(0),
                        secret,
                        Optional.of(tls),
                        false,
                        RingServerLimits.DEFAULT),
                ring.directories());
    }

    private static RingClient client(
            String host, int port, Optional<RingSecret> secret, RingTls tls) throws Exception {
        RingAddress address =
                RingAddress.of(
                        URI.create("https://" + host + ":" + port), secret, Optional.of(tls));
        RingAddress resolved =
                address.resolve().stream()
                        .filter(a -> a.uri().getHost().equals("127.0.0.1"))
                        .findFirst()
                        .orElseThrow();
        return new RingClient(resolved, ServedRing.patient());
    }

    private static RingTls shows(String identity) {
        return new RingTls(
                Optional.of(certificates.identity(identity)),
                Optional.of(certificates.authority()));
    }

    private static RingTls showsNothing() {
        return new RingTls(Optional.empty(), Optional.of(certificates.authority()));
    }

    private static RingListing list(RingClient client) throws RingException {
        return client.list(new CameraId("front"), ServedRing.EVER);
    }

    @Test
    void aCertificateOpensTheRingByNameAndByAddress() throws Exception {
        MediaMemory memory = new MediaMemory(8 << 20);
        try (RingServer server = server(true, Optional.empty())) {
            int port = server.start().getPort();
            for (String host : new String[] {"localhost", "127.0.0.1"}) {
                try (RingClient client = client(host, port, Optional.empty(), shows("primary"))) {
                    for (RingFragment listed : list(client).fragments()) {
                        Fragment fragment = client.fetch(listed, memory);
                        assertThat(fragment.header()).isEqualTo(listed.header());
                        fragment.release();
                    }
                }
            }
        }
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void withoutACertificateOrWithAStrangersNothingOpens() throws Exception {
        try (RingServer server = server(true, Optional.of(ServedRing.SECRET))) {
            int port = server.start().getPort();
            Optional<RingSecret> secret = Optional.of(ServedRing.SECRET);
            try (RingClient client = client("localhost", port, secret, showsNothing());
                    RingClient stranger = client("localhost", port, secret, shows("stranger"));
                    RingClient noSecret =
                            client("localhost", port, Optional.empty(), shows("primary"));
                    RingClient both = client("localhost", port, secret, shows("primary"))) {
                assertThatThrownBy(() -> list(client)).isInstanceOf(RingException.class);
                assertThatThrownBy(() -> list(stranger)).isInstanceOf(RingException.class);
                assertThatThrownBy(() -> list(noSecret)).isInstanceOf(RingRefusedException.class);
                assertThat(list(both).fragments()).hasSize(8);
            }
            assertThat(server.counters().requests()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsNotTheRingIsNotTrusted() throws Exception {
        Optional<RingSecret> secret = Optional.of(ServedRing.SECRET);
        RingTls elsewhere =
                new RingTls(Optional.of(certificates.identity("elsewhere")), Optional.empty());
        RingServerOptions options =
                new RingServerOptions(
                        ServedRing.loopback(0),
                        secret,
                        Optional.of(elsewhere),
                        false,
                        RingServerLimits.DEFAULT);
        try (RingServer server = new RingServer(options, ring.directories())) {
            int port = server.start().getPort();
            try (RingClient client = client("localhost", port, secret, showsNothing());
                    RingClient worldly =
                            client(
                                    "localhost",
                                    port,
                                    secret,
                                    new RingTls(Optional.empty(), Optional.empty()))) {
                assertThatThrownBy(() -> list(client))
                        .isInstanceOf(RingRefusedException.class)
                        .hasMessageContaining("not that of localhost");
                assertThatThrownBy(() -> list(worldly)).isInstanceOf(RingRefusedException.class);
            }
            assertThat(server.counters().requests()).isZero();
        }
    }

    @Test
    void filesThatCannotBeUsedAreSaidSo() {
        RingTls swapped =
                new RingTls(
                        Optional.of(
                                new RingTls.Identity(
                                        certificates.identity("ring").key(),
                                        certificates.identity("ring").certificate())),
                        Optional.empty());
        RingServerOptions options =
                new RingServerOptions(
                        ServedRing.loopback(0),
                        Optional.of(ServedRing.SECRET),
                        Optional.of(swapped),
                        false,
                        RingServerLimits.DEFAULT);
        assertThatThrownBy(() -> new RingServer(options, ring.directories()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLS files");
        RingAddress address =
                RingAddress.of(
                        URI.create("https://localhost:1"), Optional.empty(), Optional.of(swapped));
        assertThatThrownBy(() -> new RingClient(address, ServedRing.patient()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring.crt holds no private key");
    }
}

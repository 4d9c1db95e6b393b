package io.gapless.system.fire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final int SHORT_MILLIS = 300;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private ServerSocket server;
    private Network network;
    private Relay relay;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        network = new Network();
        relay = network.open(Network.PRIMARY_HDFS, FireSite.RELAYS, 0, server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        server.close();
    }

    @Test
    void whatIsSentWhileTheLinkIsCutArrivesWhenItIsHealed() throws Exception {
        try (Socket client = connected();
                Socket served = server.accept()) {
            served.setSoTimeout(SHORT_MILLIS);
            client.getOutputStream().write("a".getBytes(US_ASCII));
            assertThat(served.getInputStream().read()).isEqualTo('a');

            network.cut("primary-hdfs");
            client.getOutputStream().write("b".getBytes(US_ASCII));
            assertThatThrownBy(() -> served.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);

            network.heal("primary-hdfs");
            served.setSoTimeout((int) LIMIT.toMillis());
            assertThat(served.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void whoConnectsWhileTheLinkIsCutIsNeitherLetInNorRefused() throws Exception {
        network.cut("primary");
        server.setSoTimeout(SHORT_MILLIS);

        Eventually.holds("connecting hangs", LIMIT, this::connectingHangs);
        assertThatThrownBy(() -> server.accept()).isInstanceOf(SocketTimeoutException.class);

        network.heal("primary");
        server.setSoTimeout((int) LIMIT.toMillis());
        try (Socket client = connected();
                Socket served = acceptedFrom(client)) {
            assertThat(served.isConnected()).isTrue();
        }
    }

    @Test
    void aSlowLinkCarriesItsRate() throws Exception {
        int bytes = 200_000;
        try (Socket client = connected();
                Socket served = server.accept()) {
            network.slow("primary-hdfs", 400_000);
            long begin = System.nanoTime();
            client.getOutputStream().write(new byte[bytes]);
            served.getInputStream().readNBytes(bytes);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isGreaterThan(Duration.ofMillis(400));
        }
    }

    private Socket connected() throws IOException {
        return new Socket(relay.address().getAddress(), relay.port());
    }

    /** Those who had given up while the link was cut may come first. */
    private Socket acceptedFrom(Socket client) throws IOException {
        client.getOutputStream().write('x');
        while (true) {
            Socket served = server.accept();
            served.setSoTimeout((int) LIMIT.toMillis());
            if (served.getInputStream().read() == 'x') {
                return served;
            }
            served.close();
        }
    }

    private boolean connectingHangs() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(relay.address(), SHORT_MILLIS);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}

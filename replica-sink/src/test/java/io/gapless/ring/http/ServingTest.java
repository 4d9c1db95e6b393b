package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.ring.access.RingSecret;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets the port, and what is served to nobody. */
@Timeout(60)
class ServingTest {
    @TempDir private Path directory;

    private static RingServerOptions options(
            InetSocketAddress listen, Optional<RingSecret> secret) {
        return new RingServerOptions(
                listen, secret, Optional.empty(), false, RingServerLimits.DEFAULT);
    }

    @Test
    void theOneThatHasThePortServesUntilItEndsThenTheNextDoes() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Optional<RingSecret> secret = Optional.of(ServedRing.SECRET);
        RingServer first =
                new RingServer(options(ServedRing.loopback(0), secret), ring.directories());
        InetSocketAddress address = first.start();
        try (RingServer second = new RingServer(options(address, secret), ring.directories())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be served on");
            second.startWhenFree();
            assertThat(second.counters().serving()).isFalse();
            first.close();
            assertThat(second.bound().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isEqualTo(address);
            assertThat(second.counters().serving()).isTrue();
        }
    }

    @Test
    void aServerThatWaitsForItsPortCanBeClosed() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        try (ServedRing served = new ServedRing(ring)) {
            RingServer waiting =
                    new RingServer(
                            options(served.address(), Optional.of(ServedRing.SECRET)),
                            ring.directories());
            waiting.startWhenFree();
            waiting.close();
            assertThat(waiting.bound().toCompletableFuture()).isCompletedExceptionally();
        }
    }

    @Test
    void nothingIsServedToEverybodyUnlessAllowedOnThisHostAlone() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> options(everywhere, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a secret");
        assertThatThrownBy(() -> options(ServedRing.loopback(0), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a secret");
        assertThatThrownBy(
                        () ->
                                new RingServerOptions(
                                        everywhere,
                                        Optional.empty(),
                                        Optional.empty(),
                                        true,
                                        RingServerLimits.DEFAULT))
                .hasMessageContaining("needs a secret");
        assertThatCode(
                        () ->
                                new RingServerOptions(
                                        ServedRing.loopback(0),
                                        Optional.empty(),
                                        Optional.empty(),
                                        true,
                                        RingServerLimits.DEFAULT))
                .doesNotThrowAnyException();
        assertThat(options(everywhere, Optional.of(ServedRing.SECRET)).toString())
                .doesNotContain("correct-horse");
    }
}

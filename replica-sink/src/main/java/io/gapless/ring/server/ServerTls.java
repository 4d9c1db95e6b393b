package io.gapless.ring.server;

import io.gapless.ring.access.RingTls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** Makes the server's side of TLS from PEM files. */
final class ServerTls {
    private ServerTls() {}

    /**
     * @throws IllegalArgumentException with one sentence if the files cannot be used
     */
    static SslContext context(RingTls files) {
        RingTls.Identity identity = files.identity().orElseThrow();
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forServer(
                                    identity.certificate().toFile(), identity.key().toFile())
                            .sslProvider(SslProvider.JDK);
            files.trusted()
                    .ifPresent(
                            authorities ->
                                    builder.trustManager(authorities.toFile())
                                            .clientAuth(ClientAuth.REQUIRE));
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the TLS files of the ring's server cannot be used: " + e.getMessage(), e);
        }
    }
}

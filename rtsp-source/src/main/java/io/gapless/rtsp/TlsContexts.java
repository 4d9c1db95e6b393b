package io.gapless.rtsp;

import io.gapless.media.GapCause;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/** How to speak TLS with a camera, by what is trusted. Making one may read files. */
final class TlsContexts {
    /** Host names are checked by Java as those of HTTPS servers are (RFC 2818). */
    private static final String CHECK_HOST = "HTTPS";

    private TlsContexts() {}

    /**
     * @throws SessionFailure if the certificates of the catalogue are none
     */
    static SslContext of(Trust trust) {
        try {
            return builder(trust).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new SessionFailure(
                    GapCause.CAMERA_PROTOCOL,
                    "cannot be dialled: the trusted certificates of the catalogue cannot be read");
        }
    }

    private static SslContextBuilder builder(Trust trust) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (trust instanceof Trust.OwnAuthorities own) {
            byte[] pem = own.pem().getBytes(StandardCharsets.UTF_8);
            return builder.trustManager(new ByteArrayInputStream(pem))
                    .endpointIdentificationAlgorithm(CHECK_HOST);
        } else if (trust instanceof Trust.Fingerprint fingerprint) {
            return builder.trustManager(new FingerprintCheck(fingerprint))
                    .endpointIdentificationAlgorithm(null);
        } else if (trust instanceof Trust.Anybody) {
            return builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null);
        }
        return builder.endpointIdentificationAlgorithm(CHECK_HOST);
    }
}

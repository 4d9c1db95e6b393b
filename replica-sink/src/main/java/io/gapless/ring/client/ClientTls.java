package io.gapless.ring.client;

import io.gapless.ring.access.RingTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes the client's side of TLS from PEM files. */
final class ClientTls {
    private static final char[] NO_PASSWORD = {};

    private ClientTls() {}

    /**
     * @throws IllegalArgumentException with one sentence if the files cannot be used
     */
    static SSLContext context(Optional<RingTls> files, String certifiedName) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            X509TrustManager authorities = authorities(files.flatMap(RingTls::trusted));
            Optional<RingTls.Identity> identity = files.flatMap(RingTls::identity);
            context.init(
                    identity.isPresent() ? keys(identity.get()) : new KeyManager[0],
                    new TrustManager[] {new RingTrust(authorities, certifiedName)},
                    null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the TLS files of a ring cannot be used: " + e, e);
        }
    }

    private static X509TrustManager authorities(Optional<Path> trusted)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted.isPresent() ? authorities(trusted.get()) : null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate certificate : PemFiles.certificates(file)) {
            store.setCertificateEntry("authority" + count++, certificate);
        }
        return store;
    }

    private static KeyManager[] keys(RingTls.Identity identity)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "identity",
                PemFiles.key(identity.key()),
                NO_PASSWORD,
                PemFiles.certificates(identity.certificate()));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}

package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A camera's own certificate and key, as it makes them when it is first switched on. */
final class CameraCertificate {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys = KeyStore.getInstance("PKCS12");

    /**
     * @param names whom it is for: {@code ip:127.0.0.1}
     */
    CameraCertificate(Path directory, String names) throws Exception {
        Path store = Files.createTempDirectory(directory, "camera").resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process =
                new ProcessBuilder(
                                tool,
                                "-genkeypair",
                                "-alias",
                                "camera",
                                "-dname",
                                "CN=camera",
                                "-ext",
                                "san=" + names,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
    }

    ServerSocketFactory sockets() throws Exception {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    String pem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(encoded()));
    }

    String fingerprint() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded()));
    }

    private byte[] encoded() throws Exception {
        return keys.getCertificate("camera").getEncoded();
    }
}

package io.gapless.ring.http;

import io.gapless.ring.access.RingTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An authority with certificates for a server ({@code ring}), a client ({@code primary}) and a
 * server of another name ({@code elsewhere}); and a {@code stranger} of no authority. Made with the
 * JDK's keytool.
 */
final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    TestCertificates(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        this.store = directory.resolve("keys.p12");
        generate("authority", List.of("-ext", "bc:c"));
        Map<String, String> names =
                Map.of(
                        "ring", "san=dns:localhost,ip:127.0.0.1",
                        "primary", "san=dns:primary.example",
                        "elsewhere", "san=dns:elsewhere.example,ip:192.0.2.1");
        for (Map.Entry<String, String> name : names.entrySet()) {
            generate(name.getKey(), List.of("-signer", "authority", "-ext", name.getValue()));
        }
        generate("stranger", List.of("-ext", "san=dns:localhost"));
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        for (String name : List.of("authority", "ring", "primary", "elsewhere", "stranger")) {
            write(keys, name);
        }
    }

    private void generate(String alias, List<String> more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-dname",
                                "CN=" + alias,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-validity",
                                "2",
                                "-startdate",
                                "-1d",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD));
        command.addAll(more);
        Path log = directory.resolve("keytool.log");
        Process keytool =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private void write(KeyStore keys, String alias) throws IOException, GeneralSecurityException {
        Key key = keys.getKey(alias, PASSWORD.toCharArray());
        Files.writeString(path(alias, "key"), pem("PRIVATE KEY", key.getEncoded()));
        Certificate certificate = keys.getCertificate(alias);
        Files.writeString(path(alias, "crt"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        what,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                        what);
    }

    private Path path(String alias, String suffix) {
        return directory.resolve(alias + "." + suffix);
    }

    Path authority() {
        return path("authority", "crt");
    }

    RingTls.Identity identity(String alias) {
        return new RingTls.Identity(path(alias, "crt"), path(alias, "key"));
    }
}

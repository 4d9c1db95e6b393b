package io.gapless.source.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.Credentials;
import io.gapless.rtsp.Transport;
import io.gapless.rtsp.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
    private static final String SECRET = "hunter2";

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("cameras.yaml");
    }

    @Test
    void readsEverySetting() throws Exception {
        Files.writeString(directory.resolve("pw"), SECRET + "\n");
        write(
                """
                cameras:
                  - id: gate
                    url: rtsp://192.0.2.1:8554/a?b=1
                    username: viewer
                    passwordFile: pw
                    transport: udp
                    audio: false
                    metadata: keep
                    inactivityTimeout: 3 s
                    connectTimeout: 700 ms
                """);
        assertThat(Catalogue.read(file).settings())
                .containsExactly(
                        new CameraSettings(
                                        new CameraId("gate"),
                                        URI.create("rtsp://192.0.2.1:8554/a?b=1"),
                                        Optional.of(new Credentials("viewer", SECRET)),
                                        Transport.UDP,
                                        Duration.ofSeconds(3),
                                        Duration.ofMillis(700),
                                        false,
                                        new Trust.SystemAuthorities())
                                .withMetadata(true));
    }

    @Test
    void defaults() throws Exception {
        write("cameras: [{id: gate, url: 'rtsp://192.0.2.1'}]");
        assertThat(Catalogue.read(file).settings())
                .containsExactly(
                        new CameraSettings(
                                new CameraId("gate"),
                                URI.create("rtsp://192.0.2.1"),
                                Optional.empty(),
                                Transport.AUTO,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                true,
                                new Trust.SystemAuthorities()));
    }

    @Test
    void whomToTrust() throws Exception {
        Files.writeString(file.resolveSibling("authority.pem"), "certificate");
        write(
                """
                cameras:
                  - {id: a, url: 'rtsps://h/', trusted: authority.pem}
                  - {id: b, url: 'rtsps://h/', fingerprint: '%s'}
                  - {id: c, url: 'rtsps://h/', verifyCertificate: false}
                  - {id: d, url: 'rtsps://h/', verifyCertificate: true}
                """
                        .formatted("AB:".repeat(31) + "AB"));
        assertThat(Catalogue.read(file).settings())
                .extracting(CameraSettings::trust)
                .containsExactly(
                        new Trust.OwnAuthorities("certificate"),
                        new Trust.Fingerprint("ab".repeat(32)),
                        new Trust.Anybody(),
                        new Trust.SystemAuthorities());
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp, multicast, rtsp, MULTICAST",
        "rtsps, http, rtsps, HTTP",
        "rtspt, tcp, rtsp, TCP",
        "rtspu, udp, rtsp, UDP",
        "rtsph, http, rtsp, HTTP",
        "rtspsh, http, rtsps, HTTP"
    })
    void howMediaComes(String scheme, String written, String dialled, Transport transport)
            throws Exception {
        String url = scheme + "://h/1";
        write("cameras: [{id: a, url: '%s', transport: %s}]".formatted(url, written));
        CameraSettings settings = Catalogue.read(file).settings().get(0);
        assertThat(settings.uri()).hasToString(dialled + "://h/1");
        assertThat(settings.transport()).isEqualTo(transport);
        if (scheme.length() > dialled.length()) {
            write("cameras: [{id: a, url: '%s'}]".formatted(url));
            assertThat(Catalogue.read(file).settings()).containsExactly(settings);
        }
    }

    @Test
    void passwordFromTheEnvironment() throws Exception {
        write("cameras: [{id: a, url: 'rtsp://h/', username: u, passwordEnv: A_PASSWORD}]");
        assertThat(Catalogue.read(file).settings(Map.of("A_PASSWORD", SECRET)::get))
                .extracting(CameraSettings::credentials)
                .containsExactly(Optional.of(new Credentials("u", SECRET)));
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://u:p@h:1/x, u, p, rtsp://h:1/x",
        "rtsp://u:p@ss:word@h/x, u, p@ss:word, rtsp://h/x",
        "rtsp://u:a%2Fb+%25@h/x, u, a/b+%, rtsp://h/x",
        "rtsp://u@h/x@y, u, '', rtsp://h/x@y",
        "RTSP://u:@[2001:db8::1]:554/x, u, '', rtsp://[2001:db8::1]:554/x",
    })
    void userAndPasswordInTheUrl(String url, String user, String password, String dialled)
            throws Exception {
        write("cameras: [{id: a, url: '%s'}]".formatted(url));
        CameraSettings settings = Catalogue.read(file).settings().get(0);
        assertThat(settings.credentials()).contains(new Credentials(user, password));
        assertThat(settings.uri()).hasToString(dialled);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: 'rtsp://u:p@h/1' | rtsp://h/1 | u | p",
                "url: 'rtsp://u:p@h/1', replicaUrl: 'rtsp://r:2/1' | rtsp://r:2/1 | u | p",
                "url: 'rtsp://u:p@h/1', replicaUrl: 'rtsp://v:q@r/1' | rtsp://r/1 | v | q",
                "url: 'rtsp://u:p@h/1', replicaUrl: 'rtsp://v@r/1' | rtsp://r/1 | v | p",
                "url: 'rtsp://h/1', username: u, password: p, replicaUrl: 'rtsp://v:q@r/1'"
                        + "| rtsp://r/1 | v | q",
                "url: 'rtsp://h/1', username: u, password: p, replicaUrl: 'rtsp://r/1'"
                        + "| rtsp://r/1 | u | p",
            })
    void theReplicaDialsAnAddressOfItsOwn(
            String entry, String dialled, String user, String password) throws Exception {
        write("cameras: [{id: a, %s}]".formatted(entry));
        CatalogueCamera camera = Catalogue.read(file).camera(new CameraId("a")).orElseThrow();
        CameraSettings settings = camera.settings(Origin.REPLICA);
        assertThat(settings.uri()).hasToString(dialled);
        assertThat(settings.credentials()).contains(new Credentials(user, password));
        assertThat(camera.settings(Origin.PRIMARY).uri()).hasToString("rtsp://h/1");
    }

    /** Each complaint is one sentence with file and line that says what to do, without a value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/', colour: hunter2}]"
                        + "| line 1: camera 1: the key 'colour' is not known; use one of",
                "cameras: [{id: a, url: 'http://u:hunter2@h/'}]"
                        + "| line 1: camera 1: 'url' must start with rtsp://",
                "cameras: [{id: a, url: 'rtsps://u:hunter2@h/', transport: udp}]"
                        + "| 'transport' must not be udp or multicast with rtsps://",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/', verifyCertificate: false}]"
                        + "| says which certificate to trust, but its url is not rtsps://",
                "cameras: [{id: a, url: 'rtsps://h/', fingerprint: hunter2}]"
                        + "| 'fingerprint' must be the SHA-256 of the certificate",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@/x'}]"
                        + "| 'url' is not a possible address; it must look like",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h:99999/x'}]"
                        + "| 'url' is not a possible address",
                "cameras: [{id: a, url: 'rtsp://u:hunter2%@h/x'}]| write it as %25",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/x#y'}]| write it as %23",
                "cameras: [{id: a, url: 'rtsp://u:hunter2 @h:x/ y'}]| not a possible address",
                "cameras: [{url: 'rtsp://u:hunter2@h/'}]| the key 'id' is missing; add it",
                "cameras: [{id: hunter2/.., url: 'rtsp://h/'}]| 'id' must be 1 to 64 characters",
                "cameras: [{id: a}]| the key 'url' is missing; add it",
                "cameras: [{id: a, url: 'rtsp://h/', transport: hunter2}]"
                        + "| 'transport' must be auto, tcp, udp, multicast or http",
                "cameras: [{id: a, url: 'rtsp://h/', audio: hunter2}]"
                        + "| 'audio' must be true or false",
                "cameras: [{id: a, url: 'rtsp://h/', metadata: hunter2}]"
                        + "| 'metadata' must be keep or skip",
                "cameras: [{id: a, url: 'rtsp://h/', inactivityTimeout: hunter2}]"
                        + "| must be a duration such as",
                "cameras: [{id: a, url: 'rtsp://h/', inactivityTimeout: 0 s}]"
                        + "| must be a duration such as",
                "cameras: [{id: a, url: 'rtsp://h/', password: hunter2}]"
                        + "| camera 1: has a password, but no user; add 'username'",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/', password: hunter2}]"
                        + "| has more than one password; keep one of",
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/', username: hunter2}]"
                        + "| 'username' stands in the url too; remove one",
                "cameras: [{id: a, url: 'rtsp://h/', replicaUrl: 'http://u:hunter2@h/'}]"
                        + "| 'replicaUrl' must start with rtsp://",
                "cameras: [{id: a, url: 'rtsp://h/', replicaUrl: 'rtsp://u:hunter2%@h/'}]"
                        + "| 'replicaUrl' has a '%' in its user or password",
                "cameras: [{id: a, url: 'rtsp://h/', username: u, password: }]"
                        + "| 'password' must have one value",
                "cameras: [{id: a, id: b, url: 'rtsp://u:hunter2@h/'}]"
                        + "| the key 'id' stands twice; remove one",
                "cameras: {id: a, url: 'rtsp://u:hunter2@h/'}| 'cameras' must be a list",
                "cameras: ['rtsp://u:hunter2@h/']"
                        + "| line 1: camera 1 must consist of 'key: value' lines",
                "kameras: []| line 1: the key 'kameras' is not known; use one of cameras",
                "{}| line 1: the key 'cameras' is missing",
                "hunter2| line 1: expected 'key: value' lines at the top level",
                "cameras: [{id: a, url: 'rtsp://h/', username: u, password: @hunter2}]"
                        + "| line 1: not valid YAML at column",
                "cameras: [{id: a, url: 'rtsp://h/', username: u, password: *hunter2}]"
                        + "| line 1: not valid YAML at column",
                "cameras: [{id: a, url: 'rtsp://h/', username: u, password: \"hunter2}]"
                        + "| line 1: not valid YAML at column",
            })
    void complainsInOneSentenceWithoutPassword(String yaml, String complaint) throws Exception {
        write(yaml);
        assertThatThrownBy(() -> Catalogue.read(file).settings())
                .isInstanceOf(CatalogueException.class)
                .hasMessageStartingWith(file.toString() + ", ")
                .hasMessageContaining(complaint)
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("\n")
                .hasNoCause();
    }

    @Test
    void namesTheLineOfASecondCameraWithTheSameId() throws Exception {
        write(
                """
                cameras:
                  - id: gate
                    url: rtsp://192.0.2.1/
                  - url: rtsp://192.0.2.2/
                    id: gate
                """);
        assertThatThrownBy(() -> Catalogue.read(file))
                .hasMessage(
                        "%s, line 5: camera 2: 'id' 'gate' is taken by an earlier camera; rename one"
                                .formatted(file));
    }

    @Test
    void aMissingPasswordNamesWhereItShouldBe() throws Exception {
        write("cameras:\n  - {id: a, url: 'rtsp://h/', username: u, passwordEnv: A_PASSWORD}");
        assertThatThrownBy(() -> Catalogue.read(file).settings(name -> null))
                .hasMessage(
                        "%s, line 2: camera 'a': the environment variable A_PASSWORD of 'passwordEnv' is not set; set it before the start"
                                .formatted(file));
        write("cameras:\n  - {id: a, url: 'rtsp://h/', username: u, passwordFile: nowhere}");
        assertThatThrownBy(() -> Catalogue.read(file).settings())
                .hasMessageContaining(
                        "line 2: camera 'a': the file " + directory.resolve("nowhere"))
                .hasMessageContaining("cannot be read; create it");
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        assertThatThrownBy(() -> Catalogue.read(file))
                .hasMessage("%s: the catalogue does not exist; give the path of a file", file);
    }

    @Test
    void nothingOfItShowsAPassword() throws Exception {
        write(
                "cameras: [{id: a, url: 'rtsp://u:hunter2@h/hunter2', replicaUrl:"
                        + " 'rtsp://u:hunter2@r/hunter2'}]");
        Catalogue catalogue = Catalogue.read(file);
        assertThat(catalogue.toString() + catalogue.cameras()).doesNotContain(SECRET);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }
}

package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private static final Credentials MUFASA = new Credentials("Mufasa", "Circle Of Life");
    private static final Credentials MUFASA_7616 = new Credentials("Mufasa", "Circle of Life");

    /** RFC 2617 section 3.5. */
    @Test
    void answersTheExampleOfRfc2617() {
        Authenticator authenticator = new Authenticator(Optional.of(MUFASA), () -> "0a4f113b");
        assertThat(
                        authenticator.onRefused(
                                challenge(
                                        "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                                                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")))
                .isTrue();
        assertThat(authenticator.authorization("GET", "/dir/index.html").orElseThrow())
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .contains("nc=00000001")
                .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                .contains("uri=\"/dir/index.html\"");
    }

    /** RFC 7616 section 3.9.1; of both challenges the stronger is answered. */
    @Test
    void answersTheExampleOfRfc7616() {
        String rest =
                " qop=\"auth, auth-int\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        RtspHeaders both =
                challenge("Digest realm=\"http-auth@example.org\", algorithm=MD5," + rest)
                        .add(
                                "WWW-Authenticate",
                                "Digest realm=\"http-auth@example.org\", algorithm=SHA-256,"
                                        + rest);
        Authenticator authenticator =
                new Authenticator(
                        Optional.of(MUFASA_7616),
                        () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertThat(authenticator.onRefused(both)).isTrue();
        assertThat(authenticator.authorization("GET", "/dir/index.html").orElseThrow())
                .contains("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")
                .contains("algorithm=SHA-256");
    }

    @Test
    void answersTheMd5ExampleOfRfc7616() {
        Authenticator authenticator =
                new Authenticator(
                        Optional.of(MUFASA_7616),
                        () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        authenticator.onRefused(
                challenge(
                        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                                + " algorithm=MD5,"
                                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""));
        assertThat(authenticator.authorization("GET", "/dir/index.html").orElseThrow())
                .contains("8ca523f5e9506fed4657c9700eebdbec");
    }

    /** The challenge of RFC 7616 section 3.9.2, the user not hashed. Computed with OpenSSL. */
    @Test
    void answersTheSha512ExampleOfRfc7616() {
        Authenticator authenticator =
                new Authenticator(
                        Optional.of(new Credentials("J\u00e4s\u00f8n Doe", "Secret, or not?")),
                        () -> "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm");
        authenticator.onRefused(
                challenge(
                        "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\""));
        assertThat(authenticator.authorization("GET", "/doe.json").orElseThrow())
                .contains("7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c")
                .contains("algorithm=SHA-512-256");
    }

    /** RFC 2069: without qop, as most cameras do it. Computed with md5sum. */
    @Test
    void answersWithoutQop() {
        Authenticator authenticator =
                new Authenticator(Optional.of(new Credentials("admin", "12345")));
        authenticator.onRefused(
                challenge("Digest realm=\"IP Camera\", nonce=\"abc\", stale=FALSE"));
        assertThat(authenticator.authorization("DESCRIBE", "rtsp://cam/1").orElseThrow())
                .isEqualTo(
                        "Digest username=\"admin\", realm=\"IP Camera\", nonce=\"abc\","
                                + " uri=\"rtsp://cam/1\","
                                + " response=\"32717424ae7ccc636609ac83e68ce0cc\"");
    }

    @Test
    void fallsBackToBasic() {
        Authenticator authenticator =
                new Authenticator(Optional.of(new Credentials("Aladdin", "open sesame")));
        assertThat(authenticator.onRefused(challenge("Basic realm=\"x\""))).isTrue();
        assertThat(authenticator.authorization("DESCRIBE", "rtsp://cam/"))
                .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void prefersDigestToBasicInOneHeaderField() {
        Authenticator authenticator = new Authenticator(Optional.of(MUFASA));
        authenticator.onRefused(challenge("Basic realm=\"x\", Digest realm=\"x\", nonce=\"n\""));
        assertThat(authenticator.authorization("PLAY", "u").orElseThrow()).startsWith("Digest ");
    }

    @Test
    void doesNotTryAPasswordTwice() {
        Authenticator authenticator = new Authenticator(Optional.of(MUFASA));
        RtspHeaders first = challenge("Digest realm=\"x\", nonce=\"1\"");
        assertThat(authenticator.onRefused(first)).isTrue();
        assertThat(authenticator.onRefused(challenge("Digest realm=\"x\", nonce=\"2\""))).isFalse();
    }

    @Test
    void answersAgainIfTheNonceIsStale() {
        Authenticator authenticator = new Authenticator(Optional.of(MUFASA));
        authenticator.onRefused(challenge("Digest realm=\"x\", nonce=\"1\""));
        assertThat(
                        authenticator.onRefused(
                                challenge("Digest realm=\"x\", nonce=\"2\", stale=TRUE")))
                .isTrue();
        assertThat(authenticator.authorization("PLAY", "u").orElseThrow()).contains("nonce=\"2\"");
    }

    /** It asks anew every 150 s without saying that the nonce is stale. */
    @Test
    void answersAxisM5525Again() {
        Authenticator authenticator = new Authenticator(Optional.of(MUFASA));
        authenticator.onRefused(challenge("Digest realm=\"x\", nonce=\"1\""));
        authenticator.onAccepted();
        assertThat(authenticator.onRefused(challenge("Digest realm=\"x\", nonce=\"2\""))).isTrue();
    }

    @Test
    void hasNoAnswerWithoutCredentials() {
        Authenticator authenticator = new Authenticator(Optional.empty());
        assertThat(authenticator.onRefused(challenge("Basic realm=\"x\""))).isFalse();
        assertThat(authenticator.authorization("PLAY", "u")).isEmpty();
    }

    @Test
    void credentialsDoNotShowThemselves() {
        assertThat(MUFASA.toString()).doesNotContain("Mufasa").doesNotContain("Circle");
    }

    private static RtspHeaders challenge(String value) {
        return new RtspHeaders().add("WWW-Authenticate", value);
    }
}

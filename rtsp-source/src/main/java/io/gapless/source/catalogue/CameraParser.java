package io.gapless.source.catalogue;

import io.gapless.media.CameraId;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.Transport;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one camera's entry. */
final class CameraParser {
    /** Some cameras have a user whose password is empty. */
    private static final PasswordSource NO_PASSWORD = new PasswordSource.Inline("");

    private final Path directory;
    private final String file;

    /**
     * @param file the catalogue; relative password files are looked up beside it
     */
    CameraParser(Path file) {
        this.directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        this.file = file.toString();
    }

    CatalogueCamera parse(YamlMap camera) throws YamlException {
        CameraId id = id(camera);
        CameraUrl url = CameraUrl.parse(camera, "url", camera.requiredText("url"));
        CatalogueCamera.Address address = new CatalogueCamera.Address(url.uri(), user(camera, url));
        Optional<CameraUrl> replicaUrl = replicaUrl(camera);
        boolean secure = url.isSecure() || replicaUrl.filter(CameraUrl::isSecure).isPresent();
        Transport transport = transport(camera, url, replicaUrl);
        if (secure && !transport.staysInConnection()) {
            throw camera.error(
                    "transport",
                    "must not be udp or multicast with rtsps://, which they are no part of");
        }
        CatalogueCamera parsed =
                new CatalogueCamera(
                        id,
                        address,
                        replicaAddress(camera, address),
                        transport,
                        camera.duration("inactivityTimeout")
                                .orElse(CameraSettings.DEFAULT_INACTIVITY_TIMEOUT),
                        camera.duration("connectTimeout")
                                .orElse(CameraSettings.DEFAULT_CONNECT_TIMEOUT),
                        camera.flag("audio").orElse(true),
                        metadata(camera),
                        TrustSource.parse(camera, directory, secure),
                        "%s, line %d".formatted(file, camera.line()));
        camera.refuseUnknownKeys();
        return parsed;
    }

    private static Optional<CameraUrl> replicaUrl(YamlMap camera) throws YamlException {
        Optional<String> text = camera.text("replicaUrl");
        return text.isPresent()
                ? Optional.of(CameraUrl.parse(camera, "replicaUrl", text.get()))
                : Optional.empty();
    }

    private static boolean metadata(YamlMap camera) throws YamlException {
        return switch (camera.text("metadata").orElse("skip")) {
            case "keep" -> true;
            case "skip" -> false;
            default -> throw camera.error("metadata", "must be keep or skip");
        };
    }

    private static CameraId id(YamlMap camera) throws YamlException {
        String text = camera.requiredText("id");
        try {
            return new CameraId(text);
        } catch (IllegalArgumentException e) {
            throw camera.error(
                    "id",
                    "must be 1 to 64 characters of A-Z a-z 0-9 . _ - and must not start with a"
                            + " dot");
        }
    }

    private static Transport transport(
            YamlMap camera, CameraUrl url, Optional<CameraUrl> replicaUrl) throws YamlException {
        Optional<String> text = camera.text("transport");
        Transport written =
                switch (text.orElse("auto")) {
                    case "auto" -> Transport.AUTO;
                    case "tcp" -> Transport.TCP;
                    case "udp" -> Transport.UDP;
                    case "multicast" -> Transport.MULTICAST;
                    case "http" -> Transport.HTTP;
                    default ->
                            throw camera.error(
                                    "transport", "must be auto, tcp, udp, multicast or http");
                };
        Transport transport = url.transport().orElse(written);
        boolean contradicted =
                (text.isPresent() && transport != written)
                        || replicaUrl
                                .flatMap(CameraUrl::transport)
                                .filter(t -> t != transport)
                                .isPresent();
        if (contradicted) {
            throw camera.error(
                    "transport", "is another than the scheme of 'url' or 'replicaUrl' says");
        }
        return transport;
    }

    /** What it does not say of user and password is as at the first address. */
    private static CatalogueCamera.Address replicaAddress(
            YamlMap camera, CatalogueCamera.Address first) throws YamlException {
        Optional<CameraUrl> other = replicaUrl(camera);
        if (other.isEmpty()) {
            return first;
        }
        CameraUrl url = other.get();
        Optional<PasswordSource> password =
                url.password()
                        .<PasswordSource>map(PasswordSource.Inline::new)
                        .or(() -> first.user().map(CatalogueCamera.User::password));
        Optional<CatalogueCamera.User> own =
                url.user()
                        .map(name -> new CatalogueCamera.User(name, password.orElse(NO_PASSWORD)));
        return new CatalogueCamera.Address(url.uri(), own.or(first::user));
    }

    private Optional<CatalogueCamera.User> user(YamlMap camera, CameraUrl url)
            throws YamlException {
        Optional<String> name = camera.text("username");
        if (name.isPresent() && url.user().isPresent()) {
            throw camera.error("username", "stands in the url too; remove one of them");
        }
        name = name.or(url::user);
        List<PasswordSource> passwords = passwords(camera, url);
        if (passwords.size() > 1) {
            throw camera.error(
                    "has more than one password; keep one of password, passwordEnv, passwordFile"
                            + " and the url's");
        }
        if (name.isEmpty() && !passwords.isEmpty()) {
            throw camera.error("has a password, but no user; add 'username'");
        }
        PasswordSource password = passwords.isEmpty() ? NO_PASSWORD : passwords.get(0);
        return name.map(n -> new CatalogueCamera.User(n, password));
    }

    private List<PasswordSource> passwords(YamlMap camera, CameraUrl url) throws YamlException {
        List<PasswordSource> sources = new ArrayList<>();
        url.password().map(PasswordSource.Inline::new).ifPresent(sources::add);
        camera.text("password").map(PasswordSource.Inline::new).ifPresent(sources::add);
        camera.text("passwordEnv").map(PasswordSource.Environment::new).ifPresent(sources::add);
        camera.text("passwordFile")
                .map(path -> new PasswordSource.File(directory.resolve(path)))
                .ifPresent(sources::add);
        return sources;
    }
}

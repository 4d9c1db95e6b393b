package io.gapless.source.catalogue;

import io.gapless.rtsp.Trust;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Which certificates of a camera count, and where they are to be found. */
sealed interface TrustSource {
    /** Absent if this host does not have them. May read a file. */
    Optional<Trust> trust();

    /** Told in the catalogue itself. */
    record Inline(Trust value) implements TrustSource {
        @Override
        public Optional<Trust> trust() {
            return Optional.of(value);
        }
    }

    /** The authorities' certificates in a PEM file. */
    record File(Path path) implements TrustSource {
        @Override
        public Optional<Trust> trust() {
            try {
                return Optional.of(new Trust.OwnAuthorities(Files.readString(path)));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Of the keys {@code trusted}, {@code fingerprint} and {@code verifyCertificate}.
     *
     * @param secure whether the camera is dialled with {@code rtsps} at all
     */
    static TrustSource parse(YamlMap camera, Path directory, boolean secure) throws YamlException {
        Optional<String> trusted = camera.text("trusted");
        Optional<String> fingerprint = camera.text("fingerprint");
        Optional<Boolean> verified = camera.flag("verifyCertificate");
        int keys = count(trusted) + count(fingerprint) + count(verified);
        if (keys > 0 && !secure) {
            throw camera.error("says which certificate to trust, but its url is not rtsps://");
        }
        if (keys > 1) {
            throw camera.error(
                    "has more than one of trusted, fingerprint and verifyCertificate; keep one");
        }
        if (trusted.isPresent()) {
            return new File(directory.resolve(trusted.get()));
        }
        if (fingerprint.isPresent()) {
            return new Inline(pinned(camera, fingerprint.get()));
        }
        return new Inline(
                verified.orElse(true) ? new Trust.SystemAuthorities() : new Trust.Anybody());
    }

    private static int count(Optional<?> value) {
        return value.isPresent() ? 1 : 0;
    }

    private static Trust pinned(YamlMap camera, String text) throws YamlException {
        try {
            String digits = text.replace(":", "").strip().toLowerCase(Locale.ROOT);
            return new Trust.Fingerprint(HexFormat.of().formatHex(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException e) {
            throw camera.error(
                    "fingerprint", "must be the SHA-256 of the certificate, 32 bytes as AB:CD:...");
        }
    }
}

package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.access.RingTls;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths of the PEM files of one side of a ring's TLS, each empty if there is none. Part of the job
 * graph, so it names files and holds nothing of them.
 *
 * @param certificate of this side
 * @param key its private key
 * @param trusted certificates of authorities that the other side may show
 */
public record TlsFiles(String certificate, String key, String trusted) implements Serializable {
    public static final TlsFiles NONE = new TlsFiles("", "", "");
    private static final long serialVersionUID = 1L;

    public TlsFiles {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
        requireNonNull(trusted, "trusted is null");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new IllegalArgumentException(
                    "a certificate and its key go together; name both or none");
        }
    }

    /** Absent if no file is named. */
    public Optional<RingTls> tls() {
        if (equals(NONE)) {
            return Optional.empty();
        }
        Optional<RingTls.Identity> identity =
                Optional.of(certificate)
                        .filter(path -> !path.isEmpty())
                        .map(path -> new RingTls.Identity(Path.of(path), Path.of(key)));
        Optional<Path> authorities =
                Optional.of(trusted).filter(path -> !path.isEmpty()).map(Path::of);
        return Optional.of(new RingTls(identity, authorities));
    }
}

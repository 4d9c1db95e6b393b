package io.gapless.job;

import static java.util.Objects.requireNonNull;

import io.gapless.backfill.SecretSource;
import io.gapless.backfill.TlsFiles;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * The replica's ring: where its last hours of video lie, and how they are served.
 *
 * @param directories on local disks of the TaskManagers, better one per disk; at least one
 * @param maxBytes of video per TaskManager host; absent: as much as the disks take
 * @param maxAge of video
 * @param reserve of each disk that is left free
 * @param listen where the ring server listens
 * @param secret that those who ask must know
 * @param tls of the server; without a certificate it speaks plain HTTP
 * @param maxConnections served at the same time
 * @param bandwidth of all answers together, per second; absent: no bound
 */
public record RingConfiguration(
        List<Path> directories,
        Optional<MemorySize> maxBytes,
        Duration maxAge,
        MemorySize reserve,
        ListenAddress listen,
        SecretSource secret,
        TlsFiles tls,
        int maxConnections,
        Optional<MemorySize> bandwidth) {
    public RingConfiguration {
        directories = List.copyOf(directories);
        requireNonNull(maxBytes, "maxBytes is null");
        requireNonNull(maxAge, "maxAge is null");
        requireNonNull(reserve, "reserve is null");
        requireNonNull(listen, "listen is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(bandwidth, "bandwidth is null");
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("a ring without directories");
        }
    }

    /** Everything but what must be named at its default. */
    public static RingConfiguration of(
            List<Path> directories, ListenAddress listen, SecretSource secret) {
        return new RingConfiguration(
                directories,
                Optional.empty(),
                Duration.ofHours(24),
                MemorySize.ofMebiBytes(2048),
                listen,
                secret,
                TlsFiles.NONE,
                64,
                Optional.empty());
    }

    /**
     * @param base relative paths are siblings of this file
     */
    static RingConfiguration parse(YamlMap yaml, Path base) throws YamlException {
        List<Path> directories =
                yaml.textList("directories").stream().map(base::resolveSibling).toList();
        if (directories.isEmpty()) {
            throw yaml.error("the key 'directories' is missing; add a list of directories");
        }
        RingConfiguration defaults =
                of(
                        directories,
                        ListenAddress.parse(yaml, "listen"),
                        RingsParser.secret(yaml, base).orElse(new SecretSource.None()));
        TlsFiles tls = RingsParser.tls(yaml, base);
        if (defaults.secret instanceof SecretSource.None && tls.trusted().isEmpty()) {
            throw yaml.error("the key 'secretFile' or 'secretEnv' is missing; add one");
        }
        RingConfiguration ring =
                new RingConfiguration(
                        defaults.directories,
                        yaml.size("maxBytes"),
                        yaml.duration("maxAge").orElse(defaults.maxAge),
                        yaml.size("reserve").orElse(defaults.reserve),
                        defaults.listen,
                        defaults.secret,
                        tls,
                        yaml.integer("maxConnections", 1, 65_536).orElse(defaults.maxConnections),
                        yaml.size("bandwidth"));
        yaml.refuseUnknownKeys();
        return ring;
    }
}

package io.gapless.job;

import io.gapless.backfill.BackfillLimits;
import io.gapless.backfill.RingEndpoint;
import io.gapless.backfill.SecretSource;
import io.gapless.backfill.TlsFiles;
import io.gapless.ring.client.RingAddress;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/** Reads what the configuration says of the rings to ask. */
final class RingsParser {
    private RingsParser() {}

    /**
     * @param base relative paths are siblings of this file
     */
    static List<RingEndpoint> rings(YamlMap yaml, Path base) throws YamlException {
        List<RingEndpoint> rings = new ArrayList<>();
        for (YamlMap ring : yaml.list("rings", "ring").orElse(List.of())) {
            rings.add(endpoint(ring, base));
            ring.refuseUnknownKeys();
        }
        return rings;
    }

    private static RingEndpoint endpoint(YamlMap ring, Path base) throws YamlException {
        SecretSource secret = secret(ring, base).orElse(new SecretSource.None());
        TlsFiles tls = tls(ring, base);
        URI url = url(ring, tls);
        if (secret instanceof SecretSource.None && tls.certificate().isEmpty()) {
            throw ring.error("the key 'secretFile' or 'secretEnv' is missing; add one");
        }
        return new RingEndpoint(url, secret, tls);
    }

    static TlsFiles tls(YamlMap yaml, Path base) throws YamlException {
        String certificate = file(yaml, "certificate", base);
        String key = file(yaml, "key", base);
        if (certificate.isEmpty() != key.isEmpty()) {
            throw yaml.error("'certificate' and 'key' go together; add the other");
        }
        return new TlsFiles(certificate, key, file(yaml, "trusted", base));
    }

    private static String file(YamlMap yaml, String key, Path base) throws YamlException {
        return yaml.text(key)
                .map(file -> base.resolveSibling(file).toAbsolutePath().toString())
                .orElse("");
    }

    static BackfillLimits limits(YamlMap yaml) throws YamlException {
        BackfillLimits defaults = BackfillLimits.DEFAULT;
        Optional<YamlMap> given = yaml.map("backfill");
        if (given.isEmpty()) {
            return defaults;
        }
        YamlMap backfill = given.get();
        BackfillLimits limits =
                new BackfillLimits(
                        backfill.duration("interval").orElse(defaults.interval()),
                        backfill.duration("lookBack").orElse(defaults.lookBack()),
                        bytes(backfill, "bandwidth").orElse(defaults.bandwidthBytes()),
                        bytes(backfill, "memory").orElse(defaults.memoryBytes()),
                        backfill.integer("fetches", 1, 64).orElse(defaults.fetches()));
        backfill.refuseUnknownKeys();
        return limits;
    }

    private static Optional<Long> bytes(YamlMap yaml, String key) throws YamlException {
        return yaml.size(key).map(MemorySize::getBytes);
    }

    static Optional<SecretSource> secret(YamlMap yaml, Path base) throws YamlException {
        Optional<String> file = yaml.text("secretFile");
        Optional<String> variable = yaml.text("secretEnv");
        if (file.isPresent() && variable.isPresent()) {
            throw yaml.error("'secretFile' and 'secretEnv' exclude each other; remove one");
        }
        return file.<SecretSource>map(
                        f ->
                                new SecretSource.File(
                                        base.resolveSibling(f).toAbsolutePath().toString()))
                .or(() -> variable.map(SecretSource.Environment::new));
    }

    private static URI url(YamlMap ring, TlsFiles tls) throws YamlException {
        try {
            URI url = new URI(ring.requiredText("url"));
            RingAddress.of(url, Optional.empty(), tls.tls());
            return url;
        } catch (URISyntaxException | IllegalArgumentException e) {
            // What it says may hold a password.
            throw ring.error(
                    "url",
                    "must be http://HOST:PORT, or https://HOST:PORT with or without TLS files");
        }
    }
}

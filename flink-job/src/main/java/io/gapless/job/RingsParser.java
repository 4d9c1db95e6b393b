package io.gapless.job;

import io.gapless.backfill.BackfillLimits;
import io.gapless.backfill.RingEndpoint;
import io.gapless.backfill.SecretSource;
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
            rings.add(new RingEndpoint(url(ring), secret(ring, base)));
            ring.refuseUnknownKeys();
        }
        return rings;
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

    private static URI url(YamlMap ring) throws YamlException {
        String text = ring.requiredText("url");
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same message as for another scheme; the text may hold a secret.
        }
        throw ring.error("url", "must be http://host:port or https://host:port");
    }
}

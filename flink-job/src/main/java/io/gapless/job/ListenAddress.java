package io.gapless.job;

import static java.util.Objects.requireNonNull;

import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or address of this host, {@code 0.0.0.0} for all
 * @param port 0 to 65535; 0 for any free one
 */
public record ListenAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):(\\d{1,5})");

    public ListenAddress {
        requireNonNull(host, "host is null");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port %d is not within 0 to 65535".formatted(port));
        }
    }

    static ListenAddress parse(YamlMap yaml, String key) throws YamlException {
        Matcher matcher = TEXT.matcher(yaml.requiredText(key));
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535) {
            return new ListenAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        throw yaml.error(key, "must be host:port, such as 0.0.0.0:7400");
    }
}

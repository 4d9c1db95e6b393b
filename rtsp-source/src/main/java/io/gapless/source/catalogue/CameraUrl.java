package io.gapless.source.catalogue;

import io.gapless.rtsp.Transport;
import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A camera's URL taken apart: what is dialled, and the user and password that stood in it. People
 * write passwords with {@code @} and {@code :} into URLs, so the user information reaches to the
 * last {@code @} before the path, whatever RFC 3986 says.
 */
record CameraUrl(
        URI uri, Optional<String> user, Optional<String> password, Optional<Transport> transport) {
    /** Schemes as GStreamer has them: what is dialled, and how media is to come. */
    private record Scheme(String dialled, Optional<Transport> transport) {}

    private static final Map<String, Scheme> SCHEMES =
            Map.of(
                    "rtsp", new Scheme("rtsp", Optional.empty()),
                    "rtsps", new Scheme("rtsps", Optional.empty()),
                    "rtspt", new Scheme("rtsp", Optional.of(Transport.TCP)),
                    "rtspu", new Scheme("rtsp", Optional.of(Transport.UDP)),
                    "rtsph", new Scheme("rtsp", Optional.of(Transport.HTTP)),
                    "rtspsh", new Scheme("rtsps", Optional.of(Transport.HTTP)));

    /**
     * @param text the value of {@code key}, which complaints name without its value
     */
    static CameraUrl parse(YamlMap camera, String key, String text) throws YamlException {
        return new Parser(camera, key).parse(text.strip());
    }

    boolean isSecure() {
        return uri.getScheme().equals("rtsps");
    }

    /** Leaves out everything but the host: a path may hold a password too. */
    @Override
    public String toString() {
        return "URL of host " + uri.getHost();
    }

    private record Parser(YamlMap camera, String key) {
        CameraUrl parse(String text) throws YamlException {
            int slashes = text.indexOf("://");
            Scheme scheme = scheme(slashes < 0 ? "" : text.substring(0, slashes));
            int path = pathStart(text, slashes + 3);
            String authority = text.substring(slashes + 3, path);
            int at = authority.lastIndexOf('@');
            URI uri =
                    uri(
                            scheme.dialled
                                    + "://"
                                    + authority.substring(at + 1)
                                    + text.substring(path));
            if (at < 0) {
                return new CameraUrl(uri, Optional.empty(), Optional.empty(), scheme.transport);
            }
            String userInfo = authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
            return new CameraUrl(
                    uri,
                    Optional.of(user),
                    colon < 0
                            ? Optional.empty()
                            : Optional.of(decoded(userInfo.substring(colon + 1))),
                    scheme.transport);
        }

        private Scheme scheme(String text) throws YamlException {
            Scheme scheme = SCHEMES.get(text.toLowerCase(Locale.ROOT));
            if (scheme == null) {
                throw camera.error(
                        key,
                        "must start with rtsp:// or rtsps://, or with rtsph:// or rtspsh:// for"
                                + " RTSP within HTTP");
            }
            return scheme;
        }

        private static int pathStart(String text, int from) {
            int at = from;
            while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return at;
        }

        private URI uri(String text) throws YamlException {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException e) {
                throw impossible();
            }
            if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
                throw impossible();
            }
            if (uri.getRawFragment() != null) {
                throw camera.error(key, "contains a '#'; write it as %23");
            }
            return uri;
        }

        private YamlException impossible() {
            return camera.error(
                    key,
                    "is not a possible address; it must look like rtsp://host:554/path, with"
                            + " special characters as %XX");
        }

        /** Percent-decodes; a {@code +} is a plus. */
        private String decoded(String text) throws YamlException {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw camera.error(
                        key,
                        "has a '%' in its user or password that starts no %XX; write it as %25");
            }
        }
    }
}

package io.gapless.rtsp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where requests go (RFC 2326 appendix C.1.1, as cameras understand it): a relative control URL is
 * appended with a slash, not resolved, and the query stays where it is. Whatever host the camera
 * names, requests name the one that was dialled.
 */
final class ControlUrls {
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?:rtsps?://)++[^/?]*([/?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ORIGIN = Pattern.compile("(?i)rtsps?://[^/?]+");

    private final String origin;
    private final String base;

    /**
     * @param request URL that was described
     * @param contentBase of the answer
     * @param sessionControl of the description
     */
    ControlUrls(String request, Optional<String> contentBase, Optional<String> sessionControl) {
        Matcher matcher = ORIGIN.matcher(request);
        this.origin = matcher.lookingAt() ? matcher.group() : request;
        this.base =
                sessionControl
                        .filter(c -> ABSOLUTE.matcher(c).matches())
                        .map(this::onOrigin)
                        .or(() -> contentBase.filter(b -> !b.isBlank()).map(this::contentBase))
                        .orElse(request);
    }

    /** For PLAY, keep-alive and TEARDOWN. */
    String session() {
        return base;
    }

    /** For SETUP. */
    String media(Optional<String> control) {
        String url = control.orElse("").strip();
        if (url.isEmpty() || url.equals("*")) {
            return base;
        }
        if (ABSOLUTE.matcher(url).matches()) {
            return onOrigin(url);
        }
        boolean joined = base.endsWith("/") || url.startsWith("/") || url.startsWith("?");
        return joined
                ? base + (base.endsWith("/") && url.startsWith("/") ? url.substring(1) : url)
                : base + "/" + url;
    }

    /** Only a path, or a URL without scheme (Anjvision), was seen here too. */
    private String contentBase(String value) {
        String url = value.strip();
        if (ABSOLUTE.matcher(url).matches()) {
            return onOrigin(url);
        }
        return url.startsWith("/") ? origin + url : onOrigin("rtsp://" + url);
    }

    private String onOrigin(String url) {
        Matcher matcher = ABSOLUTE.matcher(url);
        String path = matcher.matches() ? matcher.group(1) : null;
        return path == null ? origin : origin + path;
    }
}

package io.gapless.rtsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header field (RFC 2617 section 1.2).
 *
 * @param scheme in lower case
 * @param parameters by name in lower case, without quotes
 */
record AuthChallenge(String scheme, Map<String, String> parameters) {
    private static final Pattern SCHEME =
            Pattern.compile("(?:^|,)\\s*(Basic|Digest)\\b", Pattern.CASE_INSENSITIVE);

    /** Possessive, and never begun inside a word: others cost the square, or the stack. */
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?<![\\w-])([A-Za-z][\\w-]*+)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*))");

    /** All Basic and Digest challenges, of which one field value may hold several. */
    static List<AuthChallenge> parseAll(List<String> fieldValues) {
        return fieldValues.stream().flatMap(v -> parse(v).stream()).toList();
    }

    private static List<AuthChallenge> parse(String value) {
        List<AuthChallenge> challenges = new ArrayList<>();
        Matcher scheme = SCHEME.matcher(value);
        boolean found = scheme.find();
        while (found) {
            String name = scheme.group(1).toLowerCase(Locale.ROOT);
            int from = scheme.end();
            found = scheme.find();
            int to = found ? scheme.start() : value.length();
            challenges.add(new AuthChallenge(name, parameters(value.substring(from, to))));
        }
        return challenges;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean isStale() {
        return parameter("stale").equalsIgnoreCase("true");
    }
}

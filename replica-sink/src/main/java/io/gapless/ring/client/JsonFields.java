package io.gapless.ring.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of a JSON object, each of the kind and in the range that it must have. */
record JsonFields(JsonNode node) {
    JsonFields {
        if (!node.isObject()) {
            throw new IllegalArgumentException("an object is missing");
        }
    }

    long number(String name, long min, long max) {
        return optionalNumber(name, min, max)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing".formatted(name)));
    }

    int count(String name, int min) {
        return (int) number(name, min, Integer.MAX_VALUE);
    }

    OptionalLong optionalNumber(String name, long min, long max) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        if (!fits || value.longValue() < min || value.longValue() > max) {
            throw new IllegalArgumentException("'%s' is no possible number".formatted(name));
        }
        return OptionalLong.of(value.longValue());
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("'%s' is no boolean".formatted(name));
        }
        return value.booleanValue();
    }

    /** False if it is missing. */
    boolean optionalFlag(String name) {
        return node.has(name) && flag(name);
    }

    String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is missing".formatted(name)));
    }

    Optional<String> optionalText(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        } else if (!value.isTextual()) {
            throw new IllegalArgumentException("'%s' is no text".formatted(name));
        }
        return Optional.of(value.textValue());
    }

    /** An array; what is in it is for the caller to check. */
    JsonNode array(String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("'%s' is no array".formatted(name));
        }
        return value;
    }
}

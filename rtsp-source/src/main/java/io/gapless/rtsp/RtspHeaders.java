package io.gapless.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header fields in the order received; names are compared without case (RFC 2326 section 4.2). Not
 * shown by {@code toString}: credentials may stand in them.
 */
final class RtspHeaders {
    private record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    RtspHeaders add(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    /**
     * Adds a header line; lines without a colon are ignored, white space around name and value is
     * cut off (Longse cameras send a space after the CSeq).
     */
    void addLine(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    /** The first field of this name. */
    Optional<String> first(String name) {
        return fields.stream()
                .filter(f -> f.name.equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(f -> f.name.equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The lines as sent, each with its end of line. */
    void writeTo(StringBuilder out) {
        fields.forEach(f -> out.append(f.name).append(": ").append(f.value).append("\r\n"));
    }
}

package io.gapless.source.yaml;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys and values of one YAML mapping. Whoever has read all keys it knows calls {@link
 * #refuseUnknownKeys}. Not safe for use by two threads at once.
 */
public final class YamlMap {
    /** Only what looks like a key is repeated in a message; anything else may be a password. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private final String file;
    private final String subject;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    private record Entry(int line, Node value) {}

    /**
     * @param subject whose keys these are, for messages: "camera 3"; empty at the top level
     */
    YamlMap(String file, String subject, MappingNode mapping) throws YamlException {
        this.file = file;
        this.subject = subject;
        this.line = mapping.getStartMark().getLine() + 1;
        for (NodeTuple tuple : mapping.getValue()) {
            add(tuple);
        }
    }

    private void add(NodeTuple tuple) throws YamlException {
        int at = tuple.getKeyNode().getStartMark().getLine() + 1;
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!KEY.matcher(key).matches()) {
            throw error(at, "expected a key of letters; check the indentation and the colons");
        }
        if (entries.put(key, new Entry(at, tuple.getValueNode())) != null) {
            throw error(at, "the key '%s' stands twice; remove one".formatted(key));
        }
    }

    /** The line of this mapping in its file, counted from 1. */
    public int line() {
        return line;
    }

    /** A scalar's text; absent if the key is. */
    public Optional<String> text(String key) throws YamlException {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(scalar(key, entry));
    }

    public String requiredText(String key) throws YamlException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            throw error("the key '%s' is missing; add it".formatted(key));
        }
        return text.get();
    }

    public Optional<Boolean> flag(String key) throws YamlException {
        Optional<String> text = text(key);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            throw error(key, "must be true or false");
        }
        return text.map(Boolean::valueOf);
    }

    public Optional<Integer> integer(String key, int least, int most) throws YamlException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return Optional.of(value);
            }
        } catch (NumberFormatException e) {
            // The same message as for a number out of range.
        }
        throw error(key, "must be a whole number from %d to %d".formatted(least, most));
    }

    /** A duration longer than 0, such as {@code 10 s} or {@code PT10S}. */
    public Optional<Duration> duration(String key) throws YamlException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration value = TimeUtils.parseDuration(text.get());
            if (value.toNanos() > 0) {
                return Optional.of(value);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // The same message as for a duration of 0.
        }
        throw error(key, "must be a duration such as 500 ms, 10 s or 2 min");
    }

    /** A size of at least one byte, such as {@code 512 mb}. */
    public Optional<MemorySize> size(String key) throws YamlException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            MemorySize value = MemorySize.parse(text.get());
            if (value.getBytes() > 0) {
                return Optional.of(value);
            }
        } catch (IllegalArgumentException e) {
            // The same message as for a size of 0.
        }
        throw error(key, "must be a size such as 64 mb or 2 gb");
    }

    /** The mappings of a list, each named {@code element} and its place in messages. */
    public Optional<List<YamlMap>> list(String key, String element) throws YamlException {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof SequenceNode sequence)) {
            throw error(key, "must be a list; start each %s with '- '".formatted(element));
        }
        List<YamlMap> maps = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            String name = "%s %d".formatted(element, maps.size() + 1);
            if (!(node instanceof MappingNode mapping)) {
                throw new YamlException(
                        "%s, line %d: %s must consist of 'key: value' lines; see the example file"
                                .formatted(file, node.getStartMark().getLine() + 1, name));
            }
            maps.add(new YamlMap(file, name, mapping));
        }
        return Optional.of(maps);
    }

    /** A mapping from text to text, in the file's order; empty if the key is absent. */
    public Map<String, String> texts(String key) throws YamlException {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Map.of();
        }
        if (!(entry.value() instanceof MappingNode mapping)) {
            throw error(key, "must consist of 'key: value' lines");
        }
        YamlMap inner = new YamlMap(file, key, mapping);
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> each : inner.entries.entrySet()) {
            texts.put(each.getKey(), inner.scalar(each.getKey(), each.getValue()));
        }
        return texts;
    }

    /** A mapping below {@code key}, which names it in messages; absent if the key is. */
    public Optional<YamlMap> map(String key) throws YamlException {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof MappingNode mapping)) {
            throw error(key, "must consist of 'key: value' lines");
        }
        return Optional.of(new YamlMap(file, key, mapping));
    }

    /** The texts of a list; empty if the key is absent. */
    public List<String> textList(String key) throws YamlException {
        known.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof SequenceNode sequence)) {
            throw error(key, "must be a list; start each line with '- '");
        }
        List<String> texts = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            texts.add(scalar(key, new Entry(node.getStartMark().getLine() + 1, node)));
        }
        return texts;
    }

    /**
     * @throws YamlException if the mapping holds a key that nobody has asked for
     */
    public void refuseUnknownKeys() throws YamlException {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw error(
                        entry.getValue().line(),
                        "the key '%s' is not known; use one of %s"
                                .formatted(entry.getKey(), String.join(", ", known)));
            }
        }
    }

    /** A complaint about the value of {@code key}, which is not repeated. */
    public YamlException error(String key, String complaint) {
        Entry entry = requireNonNull(entries.get(key), key);
        return error(entry.line(), "'%s' %s".formatted(key, complaint));
    }

    /** A complaint about this mapping. */
    public YamlException error(String complaint) {
        return error(line, complaint);
    }

    private YamlException error(int at, String complaint) {
        String of = subject.isEmpty() ? "" : subject + ": ";
        return new YamlException("%s, line %d: %s%s".formatted(file, at, of, complaint));
    }

    private String scalar(String key, Entry entry) throws YamlException {
        if (entry.value() instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw error(
                entry.line(), "'%s' must have one value; add it or remove the key".formatted(key));
    }
}

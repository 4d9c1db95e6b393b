package io.gapless.source.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a YAML file whose top level is a mapping. */
public final class YamlFile {
    /** Room for a catalogue of some 100,000 cameras. */
    private static final int MOST_CHARACTERS = 64 * 1024 * 1024;

    private YamlFile() {}

    /**
     * The bytes of {@code file}.
     *
     * @param purpose what the file is, for the message: "the catalogue"
     */
    public static byte[] bytes(Path file, String purpose) throws YamlException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new YamlException(
                    "%s: %s does not exist; give the path of a file".formatted(file, purpose));
        } catch (IOException e) {
            throw new YamlException(
                    "%s: %s cannot be read (%s); check the path and its permissions"
                            .formatted(file, purpose, e.getClass().getSimpleName()));
        }
    }

    /**
     * @param name of the file, for messages
     */
    public static YamlMap parse(String name, byte[] bytes) throws YamlException {
        Node root = compose(name, text(name, bytes));
        if (root instanceof MappingNode mapping) {
            return new YamlMap(name, "", mapping);
        }
        throw new YamlException(
                "%s, line 1: expected 'key: value' lines at the top level; see the example file"
                        .formatted(name));
    }

    private static String text(String name, byte[] bytes) throws YamlException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new YamlException(
                    "%s: the file is not UTF-8 text; save it as UTF-8".formatted(name));
        }
    }

    /** The parser's own messages quote the file, passwords included, so they are left out. */
    private static Node compose(String name, String text) throws YamlException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new YamlException(
                    "%s, line %d: not valid YAML at column %d; check the indentation and quote values with special characters"
                            .formatted(
                                    name,
                                    e.getProblemMark().getLine() + 1,
                                    e.getProblemMark().getColumn() + 1));
        } catch (YAMLException e) {
            throw new YamlException(
                    "%s: the file contains characters that YAML does not allow; remove them"
                            .formatted(name));
        }
    }
}

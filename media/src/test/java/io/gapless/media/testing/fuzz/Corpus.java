package io.gapless.media.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Inputs worth keeping, as text that people can read and compare: {@code
 * src/test/resources/fuzz/TARGET.txt}, an input a line. A line is
 *
 * <pre>
 * # a comment, or nothing
 * 24 00 00*12     bytes in hexadecimal digits, some of them several times
 * "m=video\r\n    the rest of the line as text, with \r, \n, \\ and \x00
 * </pre>
 */
final class Corpus {
    private static final Path HOME = Path.of("src", "test", "resources", "fuzz");

    private Corpus() {}

    static List<byte[]> of(FuzzTargets targets, String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(targets.seeds(target));
        Path file = HOME.resolve(target + ".txt");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    inputs.add(line.startsWith("\"") ? text(line.substring(1)) : hex(line));
                }
            }
        }
        return inputs;
    }

    private static byte[] hex(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : line.strip().split(" +", -1)) {
            String[] times = word.split("\\*", 2);
            byte[] piece = HexFormat.of().parseHex(times[0]);
            for (int i = times.length > 1 ? Integer.parseInt(times[1]) : 1; i > 0; i--) {
                bytes.writeBytes(piece);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else {
                char escaped = line.charAt(++i);
                switch (escaped) {
                    case 'r' -> bytes.write('\r');
                    case 'n' -> bytes.write('\n');
                    case 'x' -> {
                        bytes.write(HexFormat.fromHexDigits(line, i + 1, i + 3));
                        i += 2;
                    }
                    default -> bytes.write(escaped);
                }
            }
        }
        return bytes.toByteArray();
    }
}

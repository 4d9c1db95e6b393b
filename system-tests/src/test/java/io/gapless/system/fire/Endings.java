package io.gapless.system.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which processes ended without having been told to, and what they said last. */
final class Endings {
    private static final int LINES = 15;

    private Endings() {}

    /** For people. */
    static String of(List<SiteProcess> processes, SiteDirectories directories) {
        String ended =
                processes.stream()
                        .filter(process -> !process.endings().isEmpty())
                        .map(process -> told(process, directories.root()))
                        .collect(Collectors.joining());
        return ended.isEmpty() ? "No process has ended of its own." : ended;
    }

    private static String told(SiteProcess process, Path root) {
        StringBuilder text = new StringBuilder();
        text.append("%s ended with %s%n".formatted(process.name(), process.endings()));
        for (String suffix : List.of(".out", ".log")) {
            String file = process.name() + suffix;
            text.append("%s ends:%n%s".formatted(file, lastLines(root, file)));
        }
        return text.toString();
    }

    private static String lastLines(Path root, String name) {
        try (Stream<Path> files = Files.find(root, 2, (file, kind) -> file.endsWith(name))) {
            List<String> lines =
                    files.findFirst().map(Endings::lines).orElse(List.of("there is none"));
            return lines.stream()
                    .skip(Math.max(0, lines.size() - LINES))
                    .map("    %s%n"::formatted)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            return "    %s%n".formatted(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }
}

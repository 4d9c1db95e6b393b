package io.gapless.system.fire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which processes ended without having been told to, and what they said last. */
final class Endings {
    private static final int LINES = 25;

    /** Its output; its log, unless a start after it has begun another. */
    private static final List<String> FILES = List.of(".out", ".log.1", ".log");

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
        return "%s ended with %s%n".formatted(process.name(), process.endings())
                + FILES.stream()
                        .map(suffix -> lastLines(root, process.name() + suffix))
                        .collect(Collectors.joining());
    }

    private static String lastLines(Path root, String name) {
        try (Stream<Path> files = Files.find(root, 2, (file, kind) -> file.endsWith(name))) {
            return files.findFirst().map(Endings::lastLines).orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "    %s%n".formatted(e);
        }
    }

    private static String lastLines(Path file) {
        List<String> lines = lines(file);
        return "%s ends:%n".formatted(file.getFileName())
                + lines.stream()
                        .skip(Math.max(0, lines.size() - LINES))
                        .map("    %s%n"::formatted)
                        .collect(Collectors.joining());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }
}

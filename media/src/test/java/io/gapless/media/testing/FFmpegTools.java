package io.gapless.media.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * FFmpeg as encoder and judge of tests, from the GPL jar on the test class path, which has x264 and
 * x265. Each call runs a process to its end.
 */
public final class FFmpegTools {
    static {
        System.setProperty("org.bytedeco.javacpp.platform.extension", "-gpl");
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }

    /**
     * @param output what it wrote to standard output
     * @param messages what it wrote to standard error
     */
    public record Result(int exitStatus, String output, String messages) {}

    private FFmpegTools() {}

    /** Runs ffmpeg, which must succeed. */
    public static void ffmpeg(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Executables.FFMPEG));
        command.addAll(List.of("-nostdin", "-hide_banner", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        Result result = run(command);
        if (result.exitStatus != 0) {
            throw new IllegalStateException("%s: %s".formatted(command, result.messages));
        }
    }

    /** Decodes all streams of a file; what FFmpeg complains about, empty if nothing. */
    public static String decodingErrors(Path file) {
        List<String> command =
                List.of(
                        Executables.FFMPEG,
                        "-nostdin",
                        "-hide_banner",
                        "-v",
                        "warning",
                        "-i",
                        file.toString(),
                        "-map",
                        "0",
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "null",
                        "-");
        Result result = run(command);
        return result.messages + (result.exitStatus == 0 ? "" : "exit " + result.exitStatus);
    }

    /** Decodes a file's video: the MD5 of each picture, in the order they are presented. */
    public static List<String> pictures(Path file) {
        Result result =
                run(
                        List.of(
                                Executables.FFMPEG,
                                "-nostdin",
                                "-hide_banner",
                                "-v",
                                "error",
                                "-i",
                                file.toString(),
                                "-map",
                                "0:v",
                                "-fps_mode",
                                "passthrough",
                                "-f",
                                "framemd5",
                                "-"));
        if (result.exitStatus != 0) {
            throw new IllegalStateException(result.messages);
        }
        return result.output
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** Runs ffprobe; its output has one line for each thing asked for. */
    public static Result ffprobe(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Executables.FFPROBE));
        command.addAll(List.of("-hide_banner", "-v", "warning"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The packets of a file, in its order, of the streams that {@code select} names. */
    public static List<ProbedPacket> packets(Path file, String select) {
        Result result =
                ffprobe(
                        "-select_streams",
                        select,
                        "-show_entries",
                        "packet=stream_index,pts,dts,duration,size,pos,flags",
                        "-of",
                        "compact=p=0",
                        file.toString());
        if (result.exitStatus != 0) {
            throw new IllegalStateException(result.messages);
        }
        try (Stream<String> lines = result.output.lines()) {
            return lines.filter(l -> l.contains("pts=")).map(ProbedPacket::parse).toList();
        }
    }

    private static Result run(List<String> command) {
        try {
            Path messages = Files.createTempFile("ffmpeg", ".log");
            try {
                Process process =
                        new ProcessBuilder(command).redirectError(messages.toFile()).start();
                String output =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int status = process.waitFor();
                return new Result(status, output, Files.readString(messages));
            } finally {
                Files.delete(messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Unpacked once, when first needed. */
    private static final class Executables {
        static final String FFMPEG = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
        static final String FFPROBE = Loader.load(org.bytedeco.ffmpeg.ffprobe.class);
    }
}

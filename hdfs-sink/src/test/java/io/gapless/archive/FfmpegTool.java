package io.gapless.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's programs, which judge our files and make video to begin with. */
final class FfmpegTool {
    static {
        System.setProperty("org.bytedeco.javacpp.platform.extension", "-gpl");
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }

    private FfmpegTool() {}

    static byte[] ffmpeg(String... arguments) {
        return run(Loader.load(ffmpeg.class), arguments);
    }

    /** Frames of video that can really be decoded. */
    static long decodedFrames(Path file) {
        String out =
                new String(
                        run(
                                Loader.load(ffprobe.class),
                                "-v",
                                "error",
                                "-select_streams",
                                "v:0",
                                "-count_frames",
                                "-show_entries",
                                "stream=nb_read_frames",
                                "-of",
                                "csv=p=0",
                                file.toString()),
                        java.nio.charset.StandardCharsets.UTF_8);
        return Long.parseLong(out.strip().replace(",", ""));
    }

    private static byte[] run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed");
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.gapless.rtsp;

import io.gapless.media.testing.Clip;
import io.gapless.media.testing.FFmpegTools;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** VLC as a camera: plays a clip once, over RTSP, with its media over UDP only. */
final class VlcCamera implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/cvlc");

    /** Ports that the kernel gives to no connection of others. */
    private static final int FIRST_PORT = 12_000;

    private static final int END_PORT = 20_000;

    /** VLC refuses to run as root. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private final URI uri;
    private final Process process;

    /**
     * @param directory which anybody may look into from now on
     */
    VlcCamera(Clip clip, Path directory) throws IOException {
        Path stream = directory.resolve("clip.h264");
        Path file = directory.resolve("clip.mp4");
        write(clip, stream);
        FFmpegTools.ffmpeg("-r", "25", "-i", stream.toString(), "-c", "copy", file.toString());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port = freePort();
        uri = URI.create("rtsp://127.0.0.1:%d/live".formatted(port));
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(AS_NOBODY);
        }
        command.addAll(List.of(PROGRAM.toString(), "--no-audio", file.toString()));
        command.addAll(List.of("--sout", "#rtp{sdp=" + uri + "}", "vlc://quit"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        process = builder.redirectOutput(directory.resolve("vlc.log").toFile()).start();
    }

    private static void write(Clip clip, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (ByteBuffer set : clip.parameterSets()) {
                write(set, out);
            }
            for (Clip.Picture picture : clip.pictures()) {
                for (ByteBuffer nalUnit : picture.nalUnits()) {
                    write(nalUnit, out);
                }
            }
        }
    }

    private static void write(ByteBuffer nalUnit, OutputStream out) throws IOException {
        byte[] bytes = new byte[nalUnit.remaining()];
        nalUnit.duplicate().get(bytes);
        out.write(new byte[] {0, 0, 0, 1});
        out.write(bytes);
    }

    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(FIRST_PORT, END_PORT)
                .filter(VlcCamera::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}

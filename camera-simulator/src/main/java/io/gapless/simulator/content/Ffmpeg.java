package io.gapless.simulator.content;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * The native FFmpeg: which build of it is loaded and what it can encode. The LGPL build has
 * libopenh264; if the {@code -gpl} build is on the class path too, it is preferred, for libx264 and
 * libx265.
 */
final class Ffmpeg {
    private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

    private Ffmpeg() {}

    static {
        // JavaCPP otherwise refuses memory once the whole process holds more than four heaps.
        System.setProperty(
                "org.bytedeco.javacpp.maxPhysicalBytes",
                System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0"));
        if (System.getProperty(EXTENSION) == null && isGplBuildPresent()) {
            System.setProperty(EXTENSION, "-gpl");
        }
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    }

    private static boolean isGplBuildPresent() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String platform = architecture.equals("aarch64") ? "linux-arm64" : "linux-x86_64";
        String library = "org/bytedeco/ffmpeg/%s-gpl/libjniavcodec.so".formatted(platform);
        return Ffmpeg.class.getClassLoader().getResource(library) != null;
    }

    static Optional<AVCodec> encoder(String name) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
        return encoder == null || encoder.isNull() ? Optional.empty() : Optional.of(encoder);
    }

    /** Checks a native result: negative numbers are errors. */
    static int check(int result, String what) {
        if (result < 0) {
            try (BytePointer text = new BytePointer(128)) {
                avutil.av_strerror(result, text, 128);
                throw new EncodingException("%s: %s".formatted(what, text.getString()));
            }
        }
        return result;
    }
}

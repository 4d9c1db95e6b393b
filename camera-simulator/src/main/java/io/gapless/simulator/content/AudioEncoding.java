package io.gapless.simulator.content;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/** Encodes two seconds of a tone, once. Needs no thread in particular. */
public final class AudioEncoding {
    private static final int SECONDS = 2;
    private static final double TONE_HZ = 440;

    private AudioEncoding() {}

    /**
     * Encodes the tone.
     *
     * @throws EncodingException if the FFmpeg at hand cannot encode the format
     */
    public static AudioClip encode(AudioFormat format) {
        AVCodec codec =
                Ffmpeg.encoder(format.encoder())
                        .orElseThrow(
                                () -> new EncodingException("FFmpeg has no encoder for " + format));
        List<byte[]> units = new ArrayList<>();
        try (Encoder encoder =
                new Encoder(
                        codec,
                        context -> configure(context, format),
                        new AVDictionary(null),
                        packet -> units.add(Encoder.bytes(packet)))) {
            int wanted = encoder.context().frame_size();
            int samples = wanted > 0 ? wanted : format.unitSamples();
            allocate(encoder, format, samples);
            for (int i = 0; i < SECONDS * format.sampleRate() / samples; i++) {
                encoder.beforeDrawing();
                long first = (long) i * samples;
                tone(encoder.frame(), first, samples, format);
                encoder.encode(first);
            }
            boolean ours = samples == format.unitSamples();
            return new AudioClip(
                    format,
                    ours ? units : recut(units, format.unitBytes()),
                    configuration(encoder.context()));
        }
    }

    /** Of codecs that know no access units, which encoders yet make large ones of. */
    private static List<byte[]> recut(List<byte[]> units, int bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        units.forEach(all::writeBytes);
        byte[] sound = all.toByteArray();
        List<byte[]> cut = new ArrayList<>();
        for (int at = 0; at + bytes <= sound.length; at += bytes) {
            cut.add(Arrays.copyOfRange(sound, at, at + bytes));
        }
        return cut;
    }

    private static void configure(AVCodecContext context, AudioFormat format) {
        context.sample_rate(format.sampleRate())
                .sample_fmt(sampleFormat(format))
                .bit_rate(format.bitsPerSecond());
        avutil.av_channel_layout_default(context.ch_layout(), 1);
        try (AVRational tick = new AVRational().num(1).den(format.sampleRate())) {
            context.time_base(tick);
        }
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }

    private static int sampleFormat(AudioFormat format) {
        return format == AudioFormat.AAC ? avutil.AV_SAMPLE_FMT_FLTP : avutil.AV_SAMPLE_FMT_S16;
    }

    private static void allocate(Encoder encoder, AudioFormat format, int samples) {
        AVFrame frame = encoder.frame();
        frame.format(sampleFormat(format)).sample_rate(format.sampleRate());
        frame.nb_samples(samples);
        avutil.av_channel_layout_default(frame.ch_layout(), 1);
        encoder.allocateFrame();
    }

    private static void tone(AVFrame frame, long first, int samples, AudioFormat format) {
        Pointer data = frame.data(0);
        for (int i = 0; i < samples; i++) {
            double value =
                    0.3 * Math.sin(2 * Math.PI * TONE_HZ * (first + i) / format.sampleRate());
            if (format == AudioFormat.AAC) {
                new FloatPointer(data).put(i, (float) value);
            } else {
                new ShortPointer(data).put(i, (short) (value * Short.MAX_VALUE));
            }
        }
    }

    private static String configuration(AVCodecContext context) {
        byte[] configuration = new byte[context.extradata_size()];
        if (configuration.length > 0) {
            context.extradata().get(configuration);
        }
        return HexFormat.of().withUpperCase().formatHex(configuration);
    }
}

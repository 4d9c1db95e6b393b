package io.gapless.simulator.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Encodes the clip of a format, once. Needs no thread in particular. */
public final class VideoEncoding {
    private final VideoFormat format;
    private final List<ClipFrame> frames = new ArrayList<>();

    private VideoEncoding(VideoFormat format) {
        this.format = format;
    }

    /**
     * Encodes a clip; takes about a second for four seconds of 720p on one core.
     *
     * @throws EncodingException if the FFmpeg at hand cannot encode the format
     */
    public static VideoClip encode(VideoFormat format) {
        return new VideoEncoding(format).encode();
    }

    private VideoClip encode() {
        AVCodec codec = codec();
        String name = codec.name().getString();
        try (Encoder encoder = new Encoder(codec, this::configure, options(name), this::collect)) {
            AVFrame frame = encoder.frame();
            frame.format(avutil.AV_PIX_FMT_YUV420P).width(format.width()).height(format.height());
            encoder.allocateFrame();
            TestPicture picture = new TestPicture(format);
            for (int i = 0; i < format.clipFrames(); i++) {
                encoder.beforeDrawing();
                picture.draw(frame, i);
                encoder.encode(i);
            }
            encoder.finish();
        }
        return clip(name);
    }

    private VideoClip clip(String encoder) {
        if (frames.size() != format.clipFrames() || !frames.get(0).key()) {
            throw new EncodingException(
                    "%s made %d frames of %d"
                            .formatted(encoder, frames.size(), format.clipFrames()));
        }
        List<byte[]> parameterSets =
                frames.get(0).nalUnits().stream()
                        .filter(unit -> NalUnits.isParameterSet(format.codec(), unit))
                        .toList();
        return new VideoClip(format, frames, parameterSets);
    }

    private AVCodec codec() {
        return switch (format.codec()) {
            case H264 -> h264();
            case H265 ->
                    Ffmpeg.encoder("libx265").orElseThrow(() -> gplMissing("H.265 needs libx265"));
        };
    }

    private AVCodec h264() {
        Optional<AVCodec> x264 = Ffmpeg.encoder("libx264");
        if (format.bFrames() > 0) {
            return x264.orElseThrow(() -> gplMissing("B-frames need libx264"));
        }
        return x264.or(() -> Ffmpeg.encoder("libopenh264"))
                .orElseThrow(() -> new EncodingException("FFmpeg has no encoder for H.264"));
    }

    private static EncodingException gplMissing(String need) {
        return new EncodingException(
                need
                        + ", which only the -gpl build of FFmpeg has:"
                        + " put org.bytedeco:ffmpeg with the classifier linux-x86_64-gpl on the"
                        + " class path");
    }

    private void configure(AVCodecContext context) {
        context.width(format.width()).height(format.height()).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        try (AVRational tick = new AVRational().num(1).den(format.framesPerSecond());
                AVRational rate = new AVRational().num(format.framesPerSecond()).den(1)) {
            context.time_base(tick).framerate(rate);
        }
        context.gop_size(format.gopFrames()).keyint_min(format.gopFrames());
        context.max_b_frames(format.bFrames()).refs(1);
        context.bit_rate(format.bitsPerSecond()).rc_max_rate(format.bitsPerSecond());
        context.rc_buffer_size(format.bitsPerSecond());
        context.thread_count(Runtime.getRuntime().availableProcessors());
        if (!format.openGop()) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_CLOSED_GOP);
        }
    }

    private AVDictionary options(String encoder) {
        AVDictionary options = new AVDictionary(null);
        String open = format.openGop() ? "1" : "0";
        switch (encoder) {
            case "libx264" -> {
                avutil.av_dict_set(options, "preset", "superfast", 0);
                String parameters = "scenecut=0:b-adapt=0:b-pyramid=none:open-gop=" + open;
                avutil.av_dict_set(options, "x264-params", parameters, 0);
            }
            case "libx265" -> {
                avutil.av_dict_set(options, "preset", "ultrafast", 0);
                avutil.av_dict_set(options, "x265-params", x265Parameters(open), 0);
            }
            default -> avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
        }
        return options;
    }

    private String x265Parameters(String open) {
        int gop = format.gopFrames();
        return "log-level=error:scenecut=0:b-adapt=0:b-pyramid=0:repeat-headers=1:info=0"
                + ":keyint=%d:min-keyint=%d:bframes=%d:open-gop=%s"
                        .formatted(gop, gop, format.bFrames(), open);
    }

    private void collect(AVPacket packet) {
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        List<byte[]> units = NalUnits.split(Encoder.bytes(packet));
        frames.add(new ClipFrame(key, Math.toIntExact(packet.pts()), units));
    }
}

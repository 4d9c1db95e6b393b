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

/** Encodes the clip of a rendition, once. Needs no thread in particular. */
public final class VideoEncoding {
    /** Of an unlit room, so that every GOP is encoded alike, whatever came before. */
    private static final int BLACK_QUANTISER = 30;

    private final Rendition rendition;
    private final VideoFormat format;
    private final List<Integer> gops;
    private final List<ClipFrame> frames = new ArrayList<>();

    private VideoEncoding(Rendition rendition) {
        this.rendition = rendition;
        this.format = rendition.format();
        this.gops = rendition.gops();
    }

    /**
     * Encodes a clip; takes about a second for four seconds of 720p on one core.
     *
     * @throws EncodingException if the FFmpeg at hand cannot encode the format
     */
    public static VideoClip encode(Rendition rendition) {
        return new VideoEncoding(rendition).encode();
    }

    private VideoClip encode() {
        AVCodec codec = codec();
        String name = codec.name().getString();
        try (Encoder encoder = new Encoder(codec, this::configure, options(name), this::collect)) {
            AVFrame frame = encoder.frame();
            frame.format(pixelFormat()).width(format.width()).height(format.height());
            encoder.allocateFrame();
            encode(encoder, frame);
            encoder.finish();
        }
        return clip(name);
    }

    private void encode(Encoder encoder, AVFrame frame) {
        int all = rendition.clipFrames();
        TestPicture picture = new TestPicture(format, all);
        int number = 0;
        for (int gop : gops) {
            for (int i = 0; i < gop; i++) {
                encoder.beforeDrawing();
                picture.draw(frame, (number + rendition.firstPicture()) % all);
                frame.pict_type(
                        i == 0 && isIrregular()
                                ? avutil.AV_PICTURE_TYPE_I
                                : avutil.AV_PICTURE_TYPE_NONE);
                encoder.encode(number++);
            }
        }
    }

    private boolean startsGop(int frame) {
        int start = 0;
        for (int gop : gops) {
            if (start == frame) {
                return true;
            }
            start += gop;
        }
        return false;
    }

    /** Whether key frames are not where the encoder would put them by itself. */
    private boolean isIrregular() {
        return gops.stream().distinct().count() > 1;
    }

    private int longestGop() {
        return gops.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    private int shortestGop() {
        return isIrregular() ? 1 : gops.get(0);
    }

    private VideoClip clip(String encoder) {
        long keys = frames.stream().filter(ClipFrame::key).count();
        if (frames.size() != rendition.clipFrames() || keys != gops.size()) {
            throw new EncodingException(
                    "%s made %d frames with %d key frames, not %d with %d"
                            .formatted(
                                    encoder,
                                    frames.size(),
                                    keys,
                                    rendition.clipFrames(),
                                    gops.size()));
        }
        List<byte[]> parameterSets =
                frames.get(0).nalUnits().stream()
                        .filter(unit -> NalUnits.isParameterSet(format.codec(), unit))
                        .toList();
        return new VideoClip(rendition, frames, parameterSets);
    }

    private AVCodec codec() {
        return switch (format.codec()) {
            case H264 -> h264();
            case H265 ->
                    Ffmpeg.encoder("libx265").orElseThrow(() -> gplMissing("H.265 needs libx265"));
            case JPEG ->
                    Ffmpeg.encoder("mjpeg")
                            .orElseThrow(
                                    () -> new EncodingException("FFmpeg has no encoder for JPEG"));
        };
    }

    private boolean isJpeg() {
        return format.codec() == VideoCodec.JPEG;
    }

    private int pixelFormat() {
        return isJpeg() ? avutil.AV_PIX_FMT_YUVJ420P : avutil.AV_PIX_FMT_YUV420P;
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
        context.width(format.width()).height(format.height()).pix_fmt(pixelFormat());
        try (AVRational tick = new AVRational().num(1).den(format.framesPerSecond());
                AVRational rate = new AVRational().num(format.framesPerSecond()).den(1)) {
            context.time_base(tick).framerate(rate);
        }
        context.gop_size(longestGop()).keyint_min(shortestGop());
        context.max_b_frames(format.bFrames()).refs(1);
        int bits = rendition.bitsPerSecond();
        context.bit_rate(bits);
        if (!isJpeg()) { // which is as large as it is
            context.rc_max_rate(bits).rc_buffer_size(bits);
        }
        context.thread_count(isJpeg() ? 1 : Runtime.getRuntime().availableProcessors());
        if (!format.openGop() && !isJpeg()) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_CLOSED_GOP);
        }
    }

    private AVDictionary options(String encoder) {
        AVDictionary options = new AVDictionary(null);
        boolean quantised = encoder.equals("libx264") || encoder.equals("libx265");
        if (format.scene() == Scene.BLACK && quantised) {
            avutil.av_dict_set(options, "qp", String.valueOf(quantiser()), 0);
        }
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
            // RFC 2435 has no room for Huffman tables.
            case "mjpeg" -> avutil.av_dict_set(options, "huffman", "default", 0);
            default -> avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
        }
        return options;
    }

    private int quantiser() {
        return BLACK_QUANTISER + rendition.number();
    }

    private String x265Parameters(String open) {
        return "log-level=error:scenecut=0:b-adapt=0:b-pyramid=0:repeat-headers=1:info=0"
                + ":keyint=%d:min-keyint=%d:bframes=%d:open-gop=%s"
                        .formatted(longestGop(), shortestGop(), format.bFrames(), open);
    }

    private void collect(AVPacket packet) {
        if (isJpeg()) {
            frames.add(
                    new ClipFrame(
                            startsGop(frames.size()),
                            Math.toIntExact(packet.pts()),
                            List.of(Encoder.bytes(packet))));
            return;
        }
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        List<byte[]> units = NalUnits.split(Encoder.bytes(packet));
        frames.add(new ClipFrame(key, Math.toIntExact(packet.pts()), units));
    }
}

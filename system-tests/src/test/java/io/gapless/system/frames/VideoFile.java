package io.gapless.system.frames;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A recording or an export as FFmpeg reads and decodes it, without any code of ours.
 *
 * @param frames video frames in the file's order, which is that of decoding
 * @param pictures how many of them were decoded
 * @param decodeErrors complaints of the decoders
 * @param audioFrames decoded audio frames
 */
public record VideoFile(List<Frame> frames, int pictures, int decodeErrors, int audioFrames) {
    /**
     * A frame in the file.
     *
     * @param ticks90k presentation time in the file in 1/90000 s
     * @param position of its first byte in the file
     */
    public record Frame(Mark mark, long ticks90k, boolean key, long position) {}

    static {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    }

    /** Reads and decodes the whole file; what is torn at its end is left out. */
    public static VideoFile decoded(Path file) {
        try (Reading reading = new Reading(file, true)) {
            return reading.all();
        }
    }

    /** Reads the file without decoding it. */
    public static VideoFile read(Path file) {
        try (Reading reading = new Reading(file, false)) {
            return reading.all();
        }
    }

    private static final class Reading implements AutoCloseable {
        private final List<Frame> frames = new ArrayList<>();
        private final AVFormatContext format = new AVFormatContext(null);
        private final Map<Integer, AVCodecContext> decoders = new HashMap<>();
        private final AVPacket packet = avcodec.av_packet_alloc();
        private final AVFrame frame = avutil.av_frame_alloc();
        private int pictures;
        private int decodeErrors;
        private int audioFrames;

        Reading(Path file, boolean decode) {
            int result =
                    avformat.avformat_open_input(
                            format, file.toString(), null, (AVDictionary) null);
            if (result < 0) {
                throw new AssertionError("FFmpeg cannot open " + file);
            }
            for (int i = 0; decode && i < format.nb_streams(); i++) {
                decoders.put(i, decoder(format.streams(i)));
            }
        }

        VideoFile all() {
            while (avformat.av_read_frame(format, packet) >= 0) {
                if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) == 0) {
                    take(format.streams(packet.stream_index()));
                }
                avcodec.av_packet_unref(packet);
            }
            decoders.values().forEach(decoder -> decode(decoder, null));
            return new VideoFile(List.copyOf(frames), pictures, decodeErrors, audioFrames);
        }

        private void take(AVStream stream) {
            if (isVideo(stream)) {
                byte[] accessUnit = new byte[packet.size()];
                packet.data().get(accessUnit);
                Optional<Mark> mark = Mark.in(accessUnit);
                frames.add(
                        new Frame(
                                mark.orElseThrow(() -> new AssertionError("a frame has no mark")),
                                ticks(stream.time_base()),
                                (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0,
                                packet.pos()));
            }
            AVCodecContext decoder = decoders.get(packet.stream_index());
            if (decoder != null) {
                decode(decoder, packet);
            }
        }

        private long ticks(AVRational timeBase) {
            return avutil.av_rescale_q(packet.pts(), timeBase, avutil.av_make_q(1, 90_000));
        }

        private void decode(AVCodecContext decoder, AVPacket input) {
            if (avcodec.avcodec_send_packet(decoder, input) < 0) {
                decodeErrors++;
            }
            while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
                if (decoder.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
                    pictures++;
                } else {
                    audioFrames++;
                }
            }
        }

        private static AVCodecContext decoder(AVStream stream) {
            var codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
            AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
            avcodec.avcodec_parameters_to_context(context, stream.codecpar());
            context.thread_count(1);
            context.err_recognition(avcodec.AV_EF_EXPLODE);
            avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null);
            return context;
        }

        private static boolean isVideo(AVStream stream) {
            return stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
        }

        @Override
        public void close() {
            decoders.values().forEach(avcodec::avcodec_free_context);
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
            avformat.avformat_close_input(format);
        }
    }
}

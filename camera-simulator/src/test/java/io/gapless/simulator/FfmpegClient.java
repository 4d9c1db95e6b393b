package io.gapless.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** FFmpeg's RTSP client and decoders, in this process: the judge of what the simulator sends. */
final class FfmpegClient implements AutoCloseable {
    /** A decoded picture. */
    record Picture(Optional<Mark> mark, int width, int height, boolean damaged) {}

    final List<Mark> packetMarks = new ArrayList<>();
    final Map<Long, Long> timesByCounter = new HashMap<>();
    final Map<Long, Integer> hashesByCounter = new HashMap<>();
    final List<Long> keyCounters = new ArrayList<>();
    final List<Picture> pictures = new ArrayList<>();
    int decodeErrors;
    int audioPackets;
    int audioFrames;
    boolean ended;

    private final AVFormatContext format = new AVFormatContext(null);
    private final Map<Integer, AVCodecContext> decoders = new HashMap<>();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();

    static {
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        System.setProperty("org.bytedeco.javacpp.platform.extension", "-gpl");
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    }

    /** Connects; {@link #ended} is set if that fails. */
    FfmpegClient(URI uri, String transport) {
        avformat.avformat_network_init();
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set(options, "rtsp_transport", transport, 0);
        avutil.av_dict_set(options, "timeout", "5000000", 0);
        avutil.av_dict_set(options, "buffer_size", "4000000", 0);
        avutil.av_dict_set(options, "fflags", "nobuffer", 0);
        ended = avformat.avformat_open_input(format, uri.toString(), null, options) < 0;
        avutil.av_dict_free(options);
        for (int i = 0; !ended && i < format.nb_streams(); i++) {
            decoders.put(i, decoder(format.streams(i)));
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

    /** Reads and decodes until so many pictures were received or the connection has ended. */
    FfmpegClient read(int videoPackets) {
        int wanted = packetMarks.size() + videoPackets;
        while (packetMarks.size() < wanted && readPacket()) {
            avcodec.av_packet_unref(packet);
        }
        return this;
    }

    /** Lets the decoders finish. */
    FfmpegClient flush() {
        decoders.values().forEach(decoder -> decode(decoder, null));
        return this;
    }

    private boolean readPacket() {
        ended = ended || avformat.av_read_frame(format, packet) < 0;
        if (ended) {
            return false;
        }
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        AVCodecContext decoder = decoders.get(packet.stream_index());
        if (decoder.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
            Mark mark = Mark.inAccessUnit(bytes).orElseThrow();
            packetMarks.add(mark);
            timesByCounter.put(mark.counter(), packet.pts());
            hashesByCounter.put(mark.counter(), Arrays.hashCode(bytes));
            if ((packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
                keyCounters.add(mark.counter());
            }
        } else {
            audioPackets++;
        }
        decode(decoder, packet);
        return true;
    }

    private void decode(AVCodecContext decoder, AVPacket input) {
        if (avcodec.avcodec_send_packet(decoder, input) < 0) {
            decodeErrors++;
        }
        while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
            if (decoder.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
                boolean damaged =
                        frame.decode_error_flags() != 0
                                || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
                pictures.add(new Picture(mark(), frame.width(), frame.height(), damaged));
            } else {
                audioFrames++;
            }
        }
    }

    private Optional<Mark> mark() {
        for (int i = 0; i < frame.nb_side_data(); i++) {
            AVFrameSideData data = frame.side_data(i);
            if (data.type() == avutil.AV_FRAME_DATA_SEI_UNREGISTERED) {
                byte[] payload = new byte[(int) data.size()];
                data.data().get(payload);
                Optional<Mark> found = Mark.inUserData(payload);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    List<Long> counters() {
        return packetMarks.stream().map(Mark::counter).toList();
    }

    /** The counters of decoded pictures, in order. */
    List<Long> pictureCounters() {
        return List.copyOf(
                new TreeSet<>(
                        pictures.stream().map(p -> p.mark().orElseThrow().counter()).toList()));
    }

    @Override
    public void close() {
        decoders.values().forEach(avcodec::avcodec_free_context);
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        if (!format.isNull()) {
            avformat.avformat_close_input(format);
        }
    }
}

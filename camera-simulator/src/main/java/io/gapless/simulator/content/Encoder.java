package io.gapless.simulator.content;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One native encoder from opening to its last packet. Owned by one thread. */
final class Encoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final Consumer<AVPacket> packets;

    /**
     * @param configure sets the context's fields before it is opened
     * @param options private options of the encoder; freed here
     */
    Encoder(
            AVCodec codec,
            Consumer<AVCodecContext> configure,
            AVDictionary options,
            Consumer<AVPacket> packets) {
        this.packets = packets;
        context = avcodec.avcodec_alloc_context3(codec);
        configure.accept(context);
        String name = codec.name().getString();
        Ffmpeg.check(avcodec.avcodec_open2(context, codec, options), name + " does not start");
        avutil.av_dict_free(options);
    }

    AVCodecContext context() {
        return context;
    }

    /** The frame to fill and to {@link #encode}; its fields are set once by the caller. */
    AVFrame frame() {
        return frame;
    }

    /** A frame of which all fields are set gets its memory. */
    void allocateFrame() {
        Ffmpeg.check(avutil.av_frame_get_buffer(frame, 0), "no memory for a frame");
    }

    void beforeDrawing() {
        Ffmpeg.check(avutil.av_frame_make_writable(frame), "no memory for a frame");
    }

    void encode(long presentation) {
        frame.pts(presentation);
        Ffmpeg.check(avcodec.avcodec_send_frame(context, frame), "a frame is not encoded");
        drain();
    }

    void finish() {
        Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "the encoder does not finish");
        drain();
    }

    private void drain() {
        while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
            packets.accept(packet);
            avcodec.av_packet_unref(packet);
        }
    }

    static byte[] bytes(AVPacket packet) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}

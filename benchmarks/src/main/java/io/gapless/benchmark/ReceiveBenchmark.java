package io.gapless.benchmark;

import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.VideoCodec;
import io.gapless.rtp.AnnexBSplitter;
import io.gapless.rtp.NalUnitSink;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.h264.H264Depacketizer;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the packets of a picture to NAL units ({@link #depacketize}), and on into fragments ({@link
 * #fragment}: copy, digest and, once in 50 pictures, a fragment). Time is of one picture; the
 * median counts, which other work of the machine does not move.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReceiveBenchmark {
    private static final int GOP = 50;

    /** Takes NAL units and forgets them. */
    private static final class Drain implements NalUnitSink {
        private long bytes;

        @Override
        public void begin(int firstHeaderByte, int firstPayloadByte) {}

        @Override
        public void append(ByteBuffer piece) {
            bytes += piece.remaining();
            piece.position(piece.limit());
        }

        @Override
        public void end() {}

        @Override
        public void broken() {
            throw new IllegalStateException("nothing is broken here");
        }
    }

    @Param private Bitrate bitrate;

    private final RtpPacket packet = new RtpPacket();
    private final Drain drain = new Drain();
    private final H264Depacketizer depacketizer =
            new H264Depacketizer(new AnnexBSplitter(VideoCodec.H264, drain));
    private final Receiving receiving =
            new Receiving(new MediaMemory(64L << 20), Fragment::release);
    private Picture key;
    private Picture other;
    private int pictures;
    private int sequence;

    @Setup
    public void setUp() {
        key = new Picture(true, bitrate.pictureBytes());
        other = new Picture(false, bitrate.pictureBytes());
    }

    private Picture next() {
        Picture picture = pictures % GOP == 0 ? key : other;
        sequence = picture.stamp(sequence, pictures++ * 3600);
        return picture;
    }

    @Benchmark
    public long depacketize() {
        for (ByteBuffer bytes : next().packets()) {
            if (packet.parse(bytes)) {
                depacketizer.packet(packet.payload());
            }
        }
        return drain.bytes;
    }

    @Benchmark
    public void fragment() {
        receiving.receive(next());
    }
}

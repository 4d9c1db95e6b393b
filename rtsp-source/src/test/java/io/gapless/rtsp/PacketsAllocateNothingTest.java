package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentAssembler;
import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AccessUnits;
import io.gapless.rtp.AnnexBSplitter;
import io.gapless.rtp.ParameterSets;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.RtpSource;
import io.gapless.rtp.h264.H264Depacketizer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * From the socket's bytes to a fragment a packet costs no object, even before anything is compiled:
 * pictures of the same size in more packets take no more of the heap.
 */
class PacketsAllocateNothingTest implements RtspDecoder.Sink, AccessUnitSink {
    private static final int PICTURE_BYTES = 72_000;
    private static final int FEW = 60;
    private static final int MANY = 1200;
    private static final int FU_HEADER_BYTES = 2;
    private static final int RTP_HEADER_BYTES = 12;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RtspDecoder decoder = new RtspDecoder(RtspDecoderLimits.DEFAULT, this);
    private final RtpPacket packet = new RtpPacket();
    private final RtpSource source = new RtpSource(90_000);
    private final ParameterSets sets = new ParameterSets(VideoCodec.H264);
    private final AccessUnits accessUnits = new AccessUnits(VideoCodec.H264, sets, this);
    private final H264Depacketizer depacketizer =
            new H264Depacketizer(new AnnexBSplitter(VideoCodec.H264, accessUnits));
    private final FragmentAssembler assembler =
            new FragmentAssembler(
                    new CameraId("gate"),
                    RunId.random(),
                    Origin.PRIMARY,
                    new MediaMemory(16L << 20),
                    FragmentLimits.DEFAULT,
                    Optional.empty(),
                    this::onFragment);

    private int sequence;
    private int pictures;
    private long fragmentBytes;

    PacketsAllocateNothingTest() {
        sets.announce(hex("67640028acd940780227e5c044000003000400000300c83c60c658"));
        sets.announce(hex("68ebecb22c"));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void asManyAsThereMayBe() {
        allocatedBytes(FEW); // loads classes, links lambdas
        allocatedBytes(MANY);
        long few = allocatedBytes(FEW);
        long many = allocatedBytes(MANY);
        assertThat(many - few).isLessThan(MANY - FEW);
        assertThat(fragmentBytes).as("it was all received").isGreaterThan(2L * PICTURE_BYTES);
    }

    private long allocatedBytes(int packets) {
        ByteBuffer picture = picture(packets);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decoder.decode(picture);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** A key frame in interleaved frames, as they lie in the receive buffer. */
    private ByteBuffer picture(int packets) {
        int piece = PICTURE_BYTES / packets;
        int packetBytes = RTP_HEADER_BYTES + FU_HEADER_BYTES + piece;
        ByteBuffer bytes = ByteBuffer.allocateDirect(packets * (4 + packetBytes));
        for (int i = 0; i < packets; i++) {
            boolean last = i == packets - 1;
            bytes.put((byte) '$').put((byte) 0).putShort((short) packetBytes);
            bytes.put((byte) 0x80).put((byte) (last ? 0xE0 : 0x60)).putShort((short) sequence++);
            bytes.putInt(pictures * 3600).putInt(7);
            bytes.put((byte) 0x7C).put((byte) (i == 0 ? 0x85 : last ? 0x45 : 0x05));
            for (int j = 0; j < piece; j++) {
                bytes.put((byte) 0x99);
            }
        }
        pictures++;
        return bytes.flip();
    }

    @Override
    public void onFrame(int channel, ByteBuffer payload) {
        if (packet.parse(payload) && source.accept(packet, 0) == 0) {
            boolean marker = packet.marker();
            accessUnits.beginPacket(packet.timestamp(), 0);
            depacketizer.packet(packet.payload());
            if (marker) {
                accessUnits.marker();
            }
        }
    }

    private void onFragment(Fragment fragment) {
        fragmentBytes += fragment.sizeBytes();
        fragment.release();
    }

    @Override
    public void beginNalUnit() {
        assembler.beginNalUnit();
    }

    @Override
    public void append(ByteBuffer piece) {
        assembler.append(piece);
    }

    @Override
    public void endNalUnit(boolean vcl) {
        assembler.endNalUnit(vcl);
    }

    @Override
    public void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind) {
        assembler.endAccessUnit(new MediaTime(rtpTimestamp), kind);
    }

    @Override
    public void configured(VideoConfiguration configuration) {
        assembler.configure(new StreamConfiguration(configuration, Optional.empty()));
    }

    @Override
    public boolean isKnownChannel(int channel) {
        return channel == 0;
    }

    @Override
    public void onResponse(RtspResponse response) {
        throw new AssertionError(response);
    }

    @Override
    public void onRequest(RtspRequest request) {
        throw new AssertionError(request);
    }

    @Override
    public void accessUnitLost() {
        throw new AssertionError("nothing is lost");
    }

    @Override
    public void packetsLost() {
        throw new AssertionError("nothing is lost");
    }

    @Override
    public void unusableParameterSets(String reason) {
        throw new AssertionError(reason);
    }
}

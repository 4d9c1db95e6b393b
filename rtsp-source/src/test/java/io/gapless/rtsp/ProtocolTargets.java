package io.gapless.rtsp;

import io.gapless.media.VideoCodec;
import io.gapless.media.testing.fuzz.FuzzTarget;
import io.gapless.media.testing.fuzz.FuzzTargets;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AccessUnits;
import io.gapless.rtp.AnnexBSplitter;
import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import io.gapless.rtp.ParameterSets;
import io.gapless.rtp.PayloadSink;
import io.gapless.rtp.ReorderBuffer;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.RtpSource;
import io.gapless.rtp.VideoDepacketizer;
import io.gapless.rtp.aac.AacDepacketizer;
import io.gapless.rtp.aac.AacFormat;
import io.gapless.rtp.aac.LatmConfiguration;
import io.gapless.rtp.aac.LatmDepacketizer;
import io.gapless.rtp.clock.SenderReportTime;
import io.gapless.rtp.g711.G711Depacketizer;
import io.gapless.rtp.g726.G726Depacketizer;
import io.gapless.rtp.g726.G726Rate;
import io.gapless.rtp.h264.H264Depacketizer;
import io.gapless.rtp.h265.H265Depacketizer;
import io.gapless.rtp.onvif.MetadataDepacketizer;
import io.gapless.rtp.opus.OpusDepacketizer;
import io.gapless.rtp.rtcp.RtcpReader;
import io.netty.handler.codec.TooLongFrameException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that reads what cameras send, from the bytes of a connection to access units. */
public final class ProtocolTargets implements FuzzTargets {
    private static final RtspDecoderLimits SMALL = new RtspDecoderLimits(500, 16, 1000, 500, 200);

    @Override
    public Map<String, FuzzTarget> targets() {
        Map<String, FuzzTarget> targets = new LinkedHashMap<>();
        targets.put("rtsp", ProtocolTargets::rtsp);
        targets.put("headers", ProtocolTargets::headers);
        targets.put("sdp", ProtocolTargets::sdp);
        targets.put("rtp", ProtocolTargets::rtp);
        targets.put("rtcp", ProtocolTargets::rtcp);
        targets.put("h264", input -> video(input, VideoCodec.H264, H264Depacketizer::new));
        targets.put("h265", input -> video(input, VideoCodec.H265, H265Depacketizer::new));
        targets.put("av1", ProtocolTargets::av1);
        targets.put("jpeg", ProtocolTargets::jpeg);
        targets.put("aac", ProtocolTargets::aac);
        targets.put("latm", ProtocolTargets::latm);
        targets.put("opus", input -> audio(input, OpusDepacketizer::new));
        targets.put("g711", input -> audio(input, sink -> new G711Depacketizer(2, sink)));
        targets.put("g726", ProtocolTargets::g726);
        targets.put("metadata", ProtocolTargets::metadata);
        targets.put("run", new RunTarget());
        return targets;
    }

    /** Wherever reads end, the same is understood. */
    private static void rtsp(byte[] input) {
        List<String> whole = decode(input, Integer.MAX_VALUE);
        for (int size : new int[] {1, 3, 1 + input.length / 2}) {
            List<String> pieces = decode(input, size);
            check(pieces.equals(whole), "%s, in pieces %s".formatted(whole, pieces));
        }
    }

    private static List<String> decode(byte[] input, int size) {
        RecordedInput heard = new RecordedInput(0, 1);
        RtspDecoder decoder = new RtspDecoder(SMALL, heard);
        try {
            for (int at = 0; at < input.length; at += Math.min(size, input.length - at)) {
                int count = Math.min(size, input.length - at);
                decoder.decode(ByteBuffer.wrap(Arrays.copyOfRange(input, at, at + count)));
            }
        } catch (TooLongFrameException e) {
            heard.lines.add("gives up");
        }
        return heard.lines;
    }

    private static void headers(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Authenticator authenticator =
                new Authenticator(Optional.of(new Credentials("user", "password")), () -> "1");
        authenticator.onRefused(new RtspHeaders().add("WWW-Authenticate", text));
        authenticator.authorization("DESCRIBE", "rtsp://camera/");
        check(
                SessionHeader.parse(text).keepAliveInterval().toMillis() >= 1000,
                "keep-alive without a pause");
        TransportReply.parse(text);
        Optional<String> some = Optional.of(text);
        new ControlUrls("rtsp://camera/live", some, Optional.empty()).media(some);
        new ControlUrls("rtsp://camera/live", Optional.empty(), some).media(some);
        Redirections.target(URI.create("rtsp://camera/live"), text);
    }

    /** What is offered can be planned and made, or there is a sentence why not. */
    private static void sdp(byte[] input) {
        SessionDescription description = SdpParser.parse(new String(input, StandardCharsets.UTF_8));
        try {
            SessionPlan plan = SessionPlan.of(description, true, true);
            AccessUnitSink units = new CheckedAccessUnits();
            check(plan.video().packets().apply(units) != null, "no packets");
            AudioSink nowhere = (unit, time, samples) -> {};
            check(
                    plan.audio().map(a -> a.depacketizer().apply(nowhere) != null).orElse(true),
                    "no depacketizer");
            ControlUrls urls =
                    new ControlUrls("rtsp://camera/", Optional.empty(), description.control());
            plan.tracks().forEach(track -> urls.media(track.control()));
        } catch (SessionFailure e) {
            // A sentence says why not.
        }
    }

    /** Each packet as it came over UDP. */
    private static void rtp(byte[] input) {
        RtpPacket packet = new RtpPacket();
        RtpSource source = new RtpSource(90_000);
        ReorderBuffer order =
                new ReorderBuffer(
                        (bytes, arrivalNanos) -> {
                            if (packet.parse(bytes)) {
                                int lost = source.accept(packet, arrivalNanos);
                                check(lost >= RtpSource.DROP && lost < 65_536, "lost " + lost);
                                check(packet.payload().remaining() >= 0, "payload");
                            }
                        });
        long now = 0;
        for (byte[] piece : pieces(input)) {
            if (piece.length > 12) {
                int sequence = ByteBuffer.wrap(piece).getShort(2) & 0xFFFF;
                order.push(sequence, ByteBuffer.wrap(piece), now += 10_000_000);
            }
        }
        order.flush();
        int fraction = source.fractionLost();
        check(fraction >= 0 && fraction < 256, "fraction " + fraction);
    }

    private static void rtcp(byte[] input) {
        int[] heard = new int[1];
        RtcpReader.read(
                ByteBuffer.wrap(input),
                new RtcpReader.Sink() {
                    @Override
                    public void onSenderReport(int ssrc, long ntpTimestamp, int rtpTimestamp) {
                        SenderReportTime time = new SenderReportTime(ntpTimestamp, rtpTimestamp);
                        heard[0] += time.ntpTimestamp() == ntpTimestamp ? 1 : 0;
                    }

                    @Override
                    public void onBye(int ssrc) {
                        heard[0]++;
                    }
                });
        check(heard[0] <= input.length / 4, "more reports than bytes");
    }

    /** The first byte of each packet says whether packets are missing before it, and the marker. */
    private static void video(
            byte[] input, VideoCodec codec, Function<PayloadSink, VideoDepacketizer> maker) {
        CheckedAccessUnits sink = new CheckedAccessUnits();
        AccessUnits units = new AccessUnits(codec, new ParameterSets(codec), sink);
        VideoDepacketizer depacketizer = maker.apply(new AnnexBSplitter(codec, units));
        for (byte[] piece : pieces(input)) {
            int flags = piece.length == 0 ? 0 : piece[0];
            if ((flags & 1) != 0) {
                units.packetsLost();
                depacketizer.packetsLost();
            }
            units.beginPacket(flags >> 3, 0);
            depacketizer.packet(
                    ByteBuffer.wrap(
                            piece, Math.min(1, piece.length), Math.max(0, piece.length - 1)));
            if ((flags & 2) != 0) {
                units.marker();
            }
        }
        check(sink.bytes() <= 2L * input.length, "more bytes than came");
    }

    /** Packets as those of {@link #jpeg}; whatever is recorded is made of whole OBUs. */
    private static void av1(byte[] input) {
        CheckedAccessUnits sink = new CheckedAccessUnits();
        Av1Packets packets = new Av1Packets(sink);
        packets(input, packets);
        check(sink.bytes() <= 2L * input.length, "more bytes than came");
    }

    private static void packets(byte[] input, Track.Packets packets) {
        RtpPacket packet = new RtpPacket();
        for (byte[] piece : pieces(input)) {
            if (piece.length > 0 && (piece[0] & 1) != 0) {
                packets.lost();
            }
            ByteBuffer bytes = ByteBuffer.wrap(piece);
            bytes.position(Math.min(1, piece.length));
            if (packet.parse(bytes)) {
                packets.packet(packet, 0);
            }
        }
    }

    /** The first byte of each packet says whether packets are missing before it. */
    private static void jpeg(byte[] input) {
        packets(input, new JpegPackets(new CheckedAccessUnits()));
    }

    /** The first byte chooses rate and order of codes. */
    private static void g726(byte[] input) {
        if (input.length > 0) {
            List<G726Rate> rates = List.of(G726Rate.values());
            G726Rate rate = rates.get((input[0] & 0xFF) % rates.size());
            boolean highestFirst = input[0] < 0;
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            audio(rest, sink -> new G726Depacketizer(rate, highestFirst, sink));
        }
    }

    /** The first three bytes are the layout of AU headers. */
    private static void aac(byte[] input) {
        if (input.length < 3) {
            return;
        }
        AacFormat format = new AacFormat(1 + (input[0] & 15), input[1] & 31, input[2] & 31, 1024);
        audio(Arrays.copyOfRange(input, 3, input.length), s -> new AacDepacketizer(format, s));
    }

    /** The first ten bytes are a configuration in hexadecimal digits. */
    private static void latm(byte[] input) {
        int digits = Math.min(10, input.length);
        String hex = new String(input, 0, digits, StandardCharsets.ISO_8859_1);
        int frames = LatmConfiguration.parse(hex).map(LatmConfiguration::frames).orElse(2);
        byte[] rest = Arrays.copyOfRange(input, digits, input.length);
        audio(rest, sink -> new LatmDepacketizer(frames, 1024, sink));
    }

    private static void metadata(byte[] input) {
        long[] bytes = new long[1];
        MetadataDepacketizer depacketizer =
                new MetadataDepacketizer(
                        (document, time) -> {
                            check(document.hasRemaining(), "an empty document");
                            bytes[0] += document.remaining();
                        });
        int time = 0;
        for (byte[] piece : pieces(input)) {
            if (piece.length > 0) {
                time += piece[0] & 1;
                if ((piece[0] & 2) != 0) {
                    depacketizer.packetsLost();
                }
                ByteBuffer payload = ByteBuffer.wrap(piece, 1, piece.length - 1);
                depacketizer.packet(payload, time, (piece[0] & 4) != 0);
            }
        }
        check(bytes[0] <= input.length, "more came out than came in");
    }

    private static void audio(byte[] input, Function<AudioSink, AudioDepacketizer> maker) {
        long[] out = new long[1];
        AudioDepacketizer depacketizer =
                maker.apply(
                        (unit, time, samples) -> {
                            check(unit.hasRemaining(), "an empty access unit");
                            check(samples >= 1, "no duration");
                            out[0] += unit.remaining();
                        });
        for (byte[] piece : pieces(input)) {
            int flags = piece.length == 0 ? 0 : piece[0];
            if ((flags & 1) != 0) {
                depacketizer.packetsLost();
            }
            ByteBuffer payload = ByteBuffer.wrap(piece);
            payload.position(Math.min(1, piece.length));
            depacketizer.packet(payload, flags << 8, (flags & 2) != 0);
        }
        check(out[0] <= 4L * input.length, "more bytes than came");
    }

    /** Each behind its length in one byte, or two if that is above 200; the last may be short. */
    static List<byte[]> pieces(byte[] input) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < input.length) {
            int size = input[at++] & 0xFF;
            if (size > 200 && at < input.length) {
                size = (size - 200) * 256 + (input[at++] & 0xFF);
            }
            int end = Math.min(input.length, at + size);
            pieces.add(Arrays.copyOfRange(input, at, end));
            at = end;
        }
        return pieces;
    }

    static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}

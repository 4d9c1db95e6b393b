package io.gapless.rtsp;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.Origin;
import io.gapless.media.SampleTable;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.testing.CountingByteSource;
import io.gapless.media.testing.fuzz.FuzzTarget;
import io.gapless.rtp.EarlySenders;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A whole session's media: packets of pictures, sound, metadata and reports, at any time. Of what
 * is recorded, times never run backwards, sizes add up, it reads as it was written, and all memory
 * is given back.
 *
 * <p>Each piece of an input begins with a byte that says what follows.
 */
final class RunTarget implements FuzzTarget {
    private static final int AUDIO = 1;
    private static final int REPORT = 2;
    private static final int MARKER = 4;
    private static final int LOSS = 8;
    private static final int NEXT_TIME = 16;
    private static final int ANY_TIME = 32;
    private static final int LATER = 64;
    private static final int METADATA = 128;

    /** Payload types of video, sound and metadata. */
    private static final int[] TYPES = {96, 8, 107};

    private static final String DESCRIPTION =
            """
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            a=fmtp:96 sprop-parameter-sets=Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY,aOvjyyLA
            m=audio 0 RTP/AVP 8
            m=application 0 RTP/AVP 107
            a=rtpmap:107 vnd.onvif.metadata/90000
            """;
    private static final CameraSettings SETTINGS =
            new CameraSettings(
                    new CameraId("cam"),
                    URI.create("rtsp://camera/"),
                    Optional.empty(),
                    Transport.AUTO,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    true,
                    new Trust.SystemAuthorities());

    private final EventLoopGroup eventLoops = EventLoops.create(1, "fuzz");
    private final MediaMemory memory = new MediaMemory(4 << 20);
    private final ScriptedClock clock = new ScriptedClock();
    private final RecorderRuntime runtime =
            new RecorderRuntime(
                    eventLoops,
                    memory,
                    new FragmentLimits(6, 4000, 3000),
                    clock,
                    clock,
                    Origin.PRIMARY,
                    BackOff.DEFAULT);
    private long nanos;
    private long lastEnd;

    @Override
    public void accept(byte[] input) {
        nanos = 0;
        clock.set(Duration.ZERO);
        lastEnd = Long.MIN_VALUE;
        SessionPlan plan = SessionPlan.of(SdpParser.parse(DESCRIPTION), true, true);
        Run run =
                new Run(
                        SETTINGS,
                        runtime,
                        new CameraCounters(),
                        new CameraCost(clock.getAsLong()),
                        plan,
                        new EarlySenders(),
                        Optional.empty(),
                        this::take);
        int[] sequence = new int[TYPES.length];
        int[] time = new int[TYPES.length];
        for (byte[] piece : ProtocolTargets.pieces(input)) {
            if (piece.length > 0) {
                packet(run, piece, sequence, time);
            }
        }
        run.wallClockSampled();
        run.end();
        ProtocolTargets.check(memory.usedBytes() == 0, "memory is lost");
    }

    private void packet(Run run, byte[] piece, int[] sequence, int[] time) {
        int flags = piece[0];
        boolean sound = (flags & AUDIO) != 0;
        int kind = sound ? 1 : (flags & METADATA) != 0 ? 2 : 0;
        nanos += (flags & LATER) != 0 ? 700_000_000L : 10_000_000L;
        clock.set(Duration.ofNanos(nanos));
        Track track = run.tracks().get(kind);
        ByteBuffer rest = ByteBuffer.wrap(piece, 1, piece.length - 1).slice();
        if ((flags & REPORT) != 0) {
            track.rtcp(rest, clock.getAsLong());
            return;
        }
        sequence[kind] += (flags & LOSS) != 0 ? 2 : 1;
        if ((flags & ANY_TIME) != 0 && rest.remaining() >= 4) {
            time[kind] = rest.getInt();
        } else if ((flags & NEXT_TIME) != 0) {
            time[kind] += sound ? 160 : 3600;
        }
        int type = TYPES[kind] | ((flags & MARKER) != 0 ? 0x80 : 0);
        ByteBuffer packet = ByteBuffer.allocate(12 + rest.remaining());
        packet.put((byte) 0x80).put((byte) type).putShort((short) sequence[kind]);
        packet.putInt(time[kind]).putInt(kind).put(rest).flip();
        track.rtp(packet, clock.getAsLong());
    }

    private void take(Fragment fragment) {
        try {
            check(fragment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fragment.release();
        }
    }

    private void check(Fragment fragment) throws IOException {
        SampleTable video = fragment.video();
        long bytes = 0;
        for (int i = 0; i < video.size(); i++) {
            bytes += video.sizesBytes()[i];
            ProtocolTargets.check(video.durations()[i] >= 0, "runs backwards inside");
        }
        ProtocolTargets.check(bytes == fragment.videoData().sizeBytes(), "sizes do not add up");
        long start = fragment.header().start().ticks90k();
        ProtocolTargets.check(start >= lastEnd, "runs backwards: %d, %d".formatted(lastEnd, start));
        lastEnd = start + fragment.header().durationTicks90k();
        readAgain(fragment);
    }

    private static void readAgain(Fragment fragment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(InitializationSegment.encode(List.of(fragment.configuration())));
        out.writeBytes(FragmentEncoder.header(fragment, fragment.header().start(), 1).array());
        out.writeBytes(new byte[(int) fragment.sizeBytes()]);
        Recording read = Recording.read(new CountingByteSource(out.toByteArray()));
        ProtocolTargets.check(
                read.fragments().size() == 1
                        && read.fragments().get(0).header().equals(fragment.header())
                        && read.configurations().equals(List.of(fragment.configuration())),
                "reads otherwise");
    }
}

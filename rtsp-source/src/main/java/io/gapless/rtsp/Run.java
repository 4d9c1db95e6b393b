package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentAssembler;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.EarlySenders;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.clock.SessionClock;
import io.gapless.rtp.clock.TrackClock;
import io.gapless.rtp.onvif.MetadataDepacketizer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of one session: where depacketizers, clock and fragments meet. Owned by the session's
 * event loop.
 */
final class Run implements AccessUnitSink {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /**
     * How long after its first picture a run's times are open to doubt: what waited in the network,
     * or for a recorder that had just begun to work, comes late and then all at once.
     */
    private static final long DOUBT_NANOS = Duration.ofSeconds(2).toNanos();

    private final CameraSettings settings;
    private final RecorderRuntime runtime;
    private final CameraCounters counters;
    private final CameraCost cost;
    private final EarlySenders early;
    private final FragmentAssembler assembler;
    private final SessionClock clock;
    private final TrackClock videoClock;
    private final Track video;
    private final Optional<Track> audio;
    private final Optional<Track> metadata;
    private Optional<AudioConfiguration> audioConfiguration;
    private boolean withMetadata;
    private boolean configured;
    private boolean complained;
    private long firstFrameNanos;
    private long lastFrameNanos;
    private boolean hasFrames;

    Run(
            CameraSettings settings,
            RecorderRuntime runtime,
            CameraCounters counters,
            CameraCost cost,
            SessionPlan plan,
            EarlySenders early,
            Optional<GapCause> gapBefore,
            Consumer<Fragment> out) {
        this.settings = requireNonNull(settings, "settings is null");
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.counters = requireNonNull(counters, "counters is null");
        this.cost = requireNonNull(cost, "cost is null");
        this.early = requireNonNull(early, "early is null");
        assembler =
                new FragmentAssembler(
                        settings.id(),
                        RunId.random(),
                        runtime.origin(),
                        runtime.memory(),
                        runtime.limits(),
                        gapBefore,
                        fragment -> {
                            cost.fragment(runtime.nanoTicker().getAsLong());
                            out.accept(fragment);
                        });
        assembler.holdBack(true);
        lastFrameNanos = runtime.nanoTicker().getAsLong();
        clock = new SessionClock(lastFrameNanos, runtime.wallClock().instant());
        MediaFormat videoFormat = plan.video().format();
        int videoRateHz = videoFormat.clockRateHz() > 0 ? videoFormat.clockRateHz() : 90_000;
        videoClock = clock.track(videoRateHz);
        boolean alone = plan.tracks().size() == 1;
        video =
                new Track(
                        videoFormat.payloadType(),
                        videoRateHz,
                        videoClock,
                        plan.video().packets().apply(this),
                        counters,
                        early,
                        alone);
        audio = plan.audio().map(this::audioTrack);
        audioConfiguration = plan.audio().map(TrackPlan.Audio::configuration);
        metadata = plan.metadata().map(this::metadataTrack);
        withMetadata = metadata.isPresent();
        tellSkipped(plan.skippedMetadata());
    }

    private Track audioTrack(TrackPlan.Audio plan) {
        int rateHz = plan.format().clockRateHz();
        TrackClock audioClock = clock.track(rateHz);
        return sideTrack(plan, rateHz, audioClock, new AudioPackets(plan, audioClock));
    }

    private Track metadataTrack(TrackPlan.Metadata plan) {
        TrackClock metadataClock = clock.track(plan.rateHz());
        return sideTrack(plan, plan.rateHz(), metadataClock, new MetadataPackets(metadataClock));
    }

    private Track sideTrack(
            TrackPlan plan, int rateHz, TrackClock trackClock, Track.Packets packets) {
        return new Track(
                plan.format().payloadType(), rateHz, trackClock, packets, counters, early, false);
    }

    /** Once, not in each session. */
    private void tellSkipped(Optional<String> form) {
        if (form.isPresent() && !form.equals(counters.skippedMetadata)) {
            LOG.info(
                    "camera {} offers metadata ({}), which is not recorded: {}",
                    settings.id(),
                    form.get(),
                    settings.metadata()
                            ? "only uncompressed XML is"
                            : "'metadata: keep' would have it recorded");
        }
        counters.skippedMetadata = form;
    }

    Track video() {
        return video;
    }

    Optional<Track> audio() {
        return audio;
    }

    /** As in the plan. */
    List<Track> tracks() {
        return Stream.of(Optional.of(video), audio, metadata).flatMap(Optional::stream).toList();
    }

    /** The camera refused to send sound, or metadata, after all. */
    void without(TrackPlan plan) {
        if (plan instanceof TrackPlan.Audio) {
            audioConfiguration = Optional.empty();
        } else if (plan instanceof TrackPlan.Metadata) {
            withMetadata = false;
        }
    }

    /** Whether parameter sets came that make sense. */
    boolean isConfigured() {
        return configured;
    }

    boolean hasFrames() {
        return hasFrames;
    }

    /** When the first frame came, if any did. */
    long firstFrameNanos() {
        return firstFrameNanos;
    }

    /** When the last picture was complete; when the run was made if none ever was. */
    long lastFrameNanos() {
        return lastFrameNanos;
    }

    Optional<MediaTime> endOfLastFrame() {
        return assembler.endOfLastFrame();
    }

    /** To be called about once a minute, so that our clock's corrections reach the run. */
    void wallClockSampled() {
        clock.wallClockSampled(runtime.nanoTicker().getAsLong(), runtime.wallClock().instant());
    }

    /** Lets others know of the camera's clock. */
    void tellClock() {
        counters.clock = clock.reading();
    }

    /** Hands on what is unfinished; whatever comes afterwards is ignored. */
    void end() {
        assembler.end();
    }

    @Override
    public void beginNalUnit() {
        assembler.beginNalUnit();
    }

    @Override
    public void beginPicture() {
        assembler.beginPicture();
    }

    @Override
    public void beginObu(ByteBuffer header) {
        assembler.beginObu(header);
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
        if (cost.isTooHigh()) {
            assembler.end();
        }
        rebase();
        if (hasFrames && arrivalNanos - firstFrameNanos >= DOUBT_NANOS) {
            assembler.holdBack(false);
        }
        MediaTime time =
                videoClock.onAccessUnit(rtpTimestamp, arrivalNanos, kind != AccessUnitKind.OTHER);
        if (videoClock.timelineJumped()) {
            assembler.breakBefore(GapCause.CAMERA_CLOCK);
        }
        assembler.endAccessUnit(time, kind);
        CameraCounters.add(counters.frames, 1);
        counters.lastFrameNanos.lazySet(arrivalNanos);
        lastFrameNanos = arrivalNanos;
        if (!hasFrames && configured && kind != AccessUnitKind.OTHER) {
            hasFrames = true;
            firstFrameNanos = arrivalNanos;
        }
    }

    private void rebase() {
        if (!assembler.hasEmitted()) {
            clock.rebase().ifPresent(assembler::rebase);
        }
    }

    @Override
    public void accessUnitLost() {
        assembler.discardAccessUnit(GapCause.PACKET_LOSS);
    }

    @Override
    public void packetsLost() {
        assembler.breakBefore(GapCause.PACKET_LOSS);
    }

    @Override
    public void configured(VideoConfiguration configuration) {
        configured = true;
        cost.configuration(runtime.nanoTicker().getAsLong());
        assembler.configure(
                new StreamConfiguration(configuration, audioConfiguration, withMetadata));
    }

    @Override
    public void unusableParameterSets(String reason) {
        if (!complained) {
            complained = true;
            LOG.info(
                    "camera {} sent parameter sets that cannot be used: {}", settings.id(), reason);
        }
    }

    /** Packets of sound on their way to access units. */
    private final class AudioPackets implements Track.Packets {
        private final TrackClock audioClock;
        private final AudioDepacketizer depacketizer;
        private long arrivalNanos;

        AudioPackets(TrackPlan.Audio plan, TrackClock audioClock) {
            this.audioClock = audioClock;
            depacketizer = plan.depacketizer().apply(this::accessUnit);
        }

        @Override
        public void lost() {
            depacketizer.packetsLost();
        }

        @Override
        public void packet(RtpPacket packet, long packetArrivalNanos) {
            arrivalNanos = packetArrivalNanos;
            depacketizer.packet(packet.payload(), packet.timestamp(), packet.marker());
        }

        private void accessUnit(ByteBuffer accessUnit, int rtpTimestamp, int durationSamples) {
            rebase();
            MediaTime start = audioClock.onAccessUnit(rtpTimestamp, arrivalNanos, true);
            assembler.audio(accessUnit, start, durationSamples);
        }
    }

    /** Packets of metadata on their way to documents. */
    private final class MetadataPackets implements Track.Packets {
        private final TrackClock metadataClock;
        private final MetadataDepacketizer depacketizer = new MetadataDepacketizer(this::document);
        private long arrivalNanos;

        MetadataPackets(TrackClock metadataClock) {
            this.metadataClock = metadataClock;
        }

        @Override
        public void lost() {
            depacketizer.packetsLost();
        }

        @Override
        public void packet(RtpPacket packet, long packetArrivalNanos) {
            arrivalNanos = packetArrivalNanos;
            depacketizer.packet(packet.payload(), packet.timestamp(), packet.marker());
        }

        private void document(ByteBuffer document, int rtpTimestamp) {
            rebase();
            assembler.metadata(
                    document, metadataClock.onAccessUnit(rtpTimestamp, arrivalNanos, true));
        }
    }
}

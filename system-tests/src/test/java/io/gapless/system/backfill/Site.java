package io.gapless.system.backfill;

import io.gapless.archive.Archive;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.NothingRecordedException;
import io.gapless.media.CameraId;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.RecordingSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Simulated cameras, a real {@code ./nvr up} with replicas that records them, and its judge. */
final class Site implements AutoCloseable {
    private static final int FRAMES_PER_SECOND = Fleet.PLAIN.framesPerSecond();
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final SimulatedCameras cameras;
    private final RecordingSite recording;
    private final Archive archive;
    private final RawArchive raw;
    private final Outages outages;
    private final Map<String, RawArchive> rings = new HashMap<>();

    private Site(SimulatedCameras cameras, RecordingSite recording, Archive archive, RawArchive raw)
            throws IOException {
        this.cameras = cameras;
        this.recording = recording;
        this.archive = archive;
        this.raw = raw;
        this.outages = new Outages(recording);
    }

    /** Starts all and returns once every camera is recorded by everybody. */
    static Site start(Path directory, List<CameraSpec> specs, String transport, int replicas)
            throws Exception {
        return start(directory, specs, name -> transport, replicas);
    }

    /**
     * {@link #start(Path, List, String, int)} with a transport for each camera.
     *
     * @param transport by the camera's name
     */
    static Site start(
            Path directory, List<CameraSpec> specs, UnaryOperator<String> transport, int replicas)
            throws Exception {
        SimulatedCameras cameras = Fleet.start(specs);
        Path catalogue = Fleet.catalogue(directory.resolve("cameras.yaml"), cameras, transport);
        RecordingSite recording = RecordingSite.startWithReplicas(directory, catalogue, replicas);
        String hdfs = Files.readString(recording.data().resolve("run/hdfs.address")).strip();
        RawArchive raw =
                new RawArchive(
                        URI.create(hdfs).resolve("/gapless"), directory.resolve("scratch/raw"));
        Site site = new Site(cameras, recording, recording.archive(), raw);
        for (int i = 1; i <= replicas; i++) {
            String number = i == 1 ? "" : Integer.toString(i);
            Path ring = recording.data().resolve("ring" + number);
            site.rings.put(
                    "replica" + number,
                    new RawArchive(ring.toUri(), directory.resolve("scratch/ring" + number)));
        }
        site.awaitVideo();
        return site;
    }

    SimulatedCameras cameras() {
        return cameras;
    }

    RecordingSite recording() {
        return recording;
    }

    Outages outages() {
        return outages;
    }

    RecorderFile recorderFile() throws IOException {
        return RecorderFile.read(recording.data().resolve("run/recorder.yaml"));
    }

    private void awaitVideo() throws Exception {
        for (String camera : cameras.names()) {
            Eventually.holds(camera + " is recorded", START_LIMIT, () -> !spans(camera).isEmpty());
            for (Map.Entry<String, RawArchive> ring : rings.entrySet()) {
                Eventually.holds(
                        camera + " is recorded by the " + ring.getKey(),
                        START_LIMIT,
                        () -> !ring.getValue().fragments(camera).isEmpty());
            }
        }
    }

    /** Until the ring of a replica holds what each camera sends from now on. */
    void awaitReplica(String role) throws Exception {
        Sent sent = sent();
        for (String camera : cameras.names()) {
            Eventually.holds(
                    "%s records %s".formatted(role, camera),
                    START_LIMIT,
                    () -> last(rings.get(role).fragments(camera)) >= sent.frames(camera));
        }
    }

    /** Until the archive holds live video of each camera that is sent from now on. */
    void awaitPrimary() throws Exception {
        Sent sent = sent();
        for (String camera : cameras.names()) {
            Eventually.holds(
                    camera + " is live again", START_LIMIT, () -> isLiveAfter(camera, sent));
        }
    }

    /** Lets the cameras go on for a while. */
    void awaitFrames(int seconds) throws Exception {
        String camera = cameras.names().get(0);
        long wanted = cameras.frameCount(camera) + (long) seconds * FRAMES_PER_SECOND;
        Eventually.holds(
                "time passes",
                START_LIMIT.plusSeconds(seconds),
                () -> cameras.frameCount(camera) >= wanted);
    }

    /** What the cameras had sent at a moment. */
    record Sent(Instant at, Map<String, Long> byCamera) {
        long frames(String camera) {
            return byCamera.get(camera);
        }
    }

    /** Frames sent so far. */
    Sent sent() {
        Map<String, Long> sent = new HashMap<>();
        cameras.names().forEach(camera -> sent.put(camera, cameras.frameCount(camera)));
        return new Sent(Instant.now(), sent);
    }

    private static long last(List<RawFragment> fragments) {
        return fragments.stream()
                .flatMap(f -> f.frames().stream())
                .mapToLong(RawFragment.RawFrame::counter)
                .max()
                .orElse(-1);
    }

    private long lastLive(String camera) throws IOException {
        return last(raw.fragments(camera).stream().filter(f -> !f.replica()).toList());
    }

    Timeline timeline(String camera) throws IOException {
        return new ArchiveReader(archive)
                .timeline(new CameraId(camera), Optional.empty(), Optional.empty());
    }

    private List<Span> spans(String camera) throws IOException {
        try {
            return timeline(camera).spans();
        } catch (NothingRecordedException e) {
            return List.of();
        }
    }

    /**
     * Until the first of the open gaps is no more; with a small bandwidth the others are then
     * mostly still open.
     */
    void awaitPartOfABackfill(Duration limit) throws Exception {
        Set<String> open = new HashSet<>();
        Eventually.holds(
                "a gap is filled",
                limit,
                () -> {
                    boolean filled = false;
                    for (String camera : cameras.names()) {
                        if (hasOpenGap(camera)) {
                            open.add(camera);
                        } else {
                            filled |= open.contains(camera);
                        }
                    }
                    return filled;
                });
    }

    boolean hasOpenGap(String camera) throws IOException {
        return timeline(camera).gaps().stream().anyMatch(gap -> gap.state() == Gap.State.OPEN);
    }

    /**
     * Whether the archive holds live video of a camera that was sent later. Frames are looked for
     * only where the archive says that it has any of that time, since that reads all of them.
     */
    boolean isLiveAfter(String camera, Sent sent) throws IOException {
        List<Span> spans = spans(camera);
        return !spans.isEmpty()
                && spans.get(spans.size() - 1).end().toInstant().isAfter(sent.at())
                && lastLive(camera) >= sent.frames(camera);
    }

    /** Whether the archive holds fragments of a camera that lack frames. */
    boolean isDamaged(String camera) throws IOException {
        return raw.fragments(camera).stream().anyMatch(RawFragment::damaged);
    }

    List<RawFragment> fragments(String camera) throws IOException {
        return raw.fragments(camera);
    }

    /** All that the rings hold of a camera. */
    List<RawFragment> ringFragments(String camera) throws IOException {
        List<RawFragment> all = new ArrayList<>();
        for (RawArchive ring : rings.values()) {
            all.addAll(ring.fragments(camera));
        }
        return all;
    }

    /** The judge's word on each camera, now. */
    List<Verdict> verdicts() throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (String camera : cameras.names()) {
            Judgement judgement = Judgement.of(camera, Fleet.clock(camera), raw.fragments(camera));
            verdicts.add(Verdict.of(judgement, timeline(camera)));
        }
        return verdicts;
    }

    /** When a camera's first live frame after a moment was taken that is in the archive. */
    Instant firstLiveAfter(String camera, Instant moment) throws IOException {
        long micros = moment.toEpochMilli() * 1000;
        return raw.fragments(camera).stream()
                .filter(f -> !f.replica())
                .flatMap(f -> f.frames().stream())
                .mapToLong(RawFragment.RawFrame::captureMicros)
                .filter(captured -> captured > micros)
                .boxed()
                .min(Long::compare)
                .map(captured -> Instant.EPOCH.plusNanos(captured * 1000))
                .orElseThrow(() -> new AssertionError(camera + " is not live again"));
    }

    @Override
    public void close() throws IOException {
        recording.close();
        raw.close();
        for (RawArchive ring : rings.values()) {
            ring.close();
        }
        archive.close();
        cameras.close();
    }
}

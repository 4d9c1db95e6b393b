package io.gapless.system.fire;

import io.gapless.archive.Archive;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.NothingRecordedException;
import io.gapless.job.embedded.FreePort;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Timeline;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.system.backfill.RawArchive;
import io.gapless.system.cluster.FlinkCluster;
import io.gapless.system.cluster.FlinkCluster.Place;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.nvr.Nvr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Two failure domains of real processes, an HDFS, a ZooKeeper and simulated cameras, with relays on
 * all ways between them. Names of processes: {@code zookeeper}, {@code namenode}, {@code
 * datanode-1} and so on, {@code primary-jobmanager}, {@code primary-standby}, {@code
 * primary-taskmanager-1} and so on, {@code replica-jobmanager}, {@code replica-taskmanager-1}.
 */
final class FireSite implements AutoCloseable {
    /** Where relays listen: loopback, too, and yet another address than the true ones. */
    static final String RELAYS = "127.0.1.1";

    private static final String LOOPBACK = "127.0.0.1";
    private static final TimeRange NOTHING =
            new TimeRange(MediaTime.of(Instant.EPOCH), MediaTime.of(Instant.EPOCH).plusTicks(1));

    /**
     * Twice what recorders compare: a shorter clip would fit where it does not belong if one of
     * their clocks were as far off as the clip is long, and no real camera sends the same bits
     * twice.
     */
    private static final int CLIP_SECONDS = 24;

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final SiteSpec spec;
    private final SiteDirectories directories;
    private final Processes processes = new Processes();
    private final Network network = new Network();
    private final Map<String, SmallDisk> disks = new HashMap<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final SimulatedCameras cameras;
    private final Optional<Namespace> namespace;
    private final HdfsCluster hdfs;
    private final FlinkJobs primary;
    private final FlinkJobs replica;
    private final Archive archive;
    private final RawArchive raw;
    private final RawArchive ring;

    /** Starts everything and returns once every camera is recorded by both. */
    FireSite(Path directory, SiteSpec spec) throws Exception {
        this.spec = spec;
        this.directories = new SiteDirectories(directory);
        closing.push(processes);
        closing.push(network);
        try {
            this.namespace =
                    spec.namespace()
                            ? Optional.of(closed(new Namespace(directory)))
                            : Optional.empty();
            this.cameras = closed(startCameras());
            this.hdfs = closed(startHdfs());
            ZooKeeper zooKeeper =
                    new ZooKeeper(
                            directories.of(ZooKeeper.NAME),
                            Nvr.PROJECT,
                            namespace.map(Namespace::outsideHost).orElse(LOOPBACK));
            processes.start(ZooKeeper.NAME, zooKeeper::start);
            int ringPort = FreePort.any();
            Files.createDirectories(directories.ring());
            RecorderFiles files = files(ringPort);
            this.primary =
                    startFlink(
                            "primary",
                            zooKeeper,
                            files.primary(archiveOfPrimary(), ringOfPrimary(ringPort), copies()));
            this.replica = startFlink("replica", zooKeeper, files.replica(ringPort));
            awaitAndSubmit();
            this.archive = closed(Archive.open(hdfs.archive(), Map.of()));
            this.raw = closed(new RawArchive(hdfs.archive(), directories.of("scratch/archive")));
            this.ring =
                    closed(
                            new RawArchive(
                                    directories.ring().toUri(), directories.of("scratch/ring")));
            awaitVideo();
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    private <T extends AutoCloseable> T closed(T part) {
        closing.push(part);
        return part;
    }

    private SimulatedCameras startCameras() throws IOException {
        VideoFormat video =
                VideoFormat.DEFAULT
                        .withBitsPerSecond((int) (spec.mbits() * 1e6))
                        .withClipSeconds(CLIP_SECONDS);
        if (spec.mbits() < 1) {
            video = video.withSize(320, 240);
        }
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        for (int i = 1; i <= spec.cameras(); i++) {
            builder.camera(CameraSpec.named("cam-" + i).withVideo(video));
        }
        return builder.start();
    }

    private int copies() {
        return Math.min(3, spec.dataNodes());
    }

    private String relays() {
        return namespace.map(Namespace::outsideHost).orElse(RELAYS);
    }

    private HdfsCluster startHdfs() throws Exception {
        HdfsCluster started =
                new HdfsCluster(directories.of("hdfs"), Nvr.PROJECT, spec.dataNodes());
        started.format();
        processes.start(HdfsCluster.NAME_NODE, started::startNameNode);
        for (int port : started.ports()) {
            network.open(Network.PRIMARY_HDFS, relays(), port, port);
        }
        for (int i = 1; i <= spec.dataNodes(); i++) {
            int number = i;
            Path data = directories.of("hdfs/data-" + i);
            if (spec.diskMegabytes() > 0) {
                disks.put(
                        HdfsCluster.dataNode(i), closed(new SmallDisk(data, spec.diskMegabytes())));
            }
            processes.start(
                    HdfsCluster.dataNode(i),
                    () -> started.startDataNode(number, data.resolve("blocks")));
        }
        return started;
    }

    private RecorderFiles files(int ringPort) throws IOException {
        RecorderFiles files = new RecorderFiles(directories, spec);
        Relay forPrimary = network.open(Network.PRIMARY_CAMERAS, relays(), 0, cameras.port());
        Relay forReplica = network.open(Network.REPLICA_CAMERAS, RELAYS, 0, cameras.port());
        files.catalogue(cameras, relays(), forPrimary, forReplica);
        network.open(Network.PRIMARY_RINGS, relays(), ringPort, ringPort);
        return files;
    }

    private URI archiveOfPrimary() {
        return URI.create("hdfs://namenode:%d/gapless".formatted(hdfs.nameNodePort()));
    }

    private URI ringOfPrimary(int ringPort) {
        return URI.create("http://%s:%d".formatted(relays(), ringPort));
    }

    /** For the primary's processes, names of HDFS mean the relays. */
    private Path hosts(String own) throws IOException {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        hosts.append(own).append(' ').append(InetAddress.getLocalHost().getHostName());
        hosts.append('\n').append(relays()).append(" namenode");
        for (int i = 1; i <= spec.dataNodes(); i++) {
            hosts.append(' ').append(HdfsCluster.dataNode(i));
        }
        return Files.writeString(directories.file("hosts"), hosts.append('\n'));
    }

    private FlinkJobs startFlink(String role, ZooKeeper zooKeeper, Path configuration)
            throws Exception {
        boolean isPrimary = role.equals("primary");
        String zooKeeperHost = namespace.map(Namespace::outsideHost).orElse(LOOPBACK);
        Map<String, String> settings = new HashMap<>();
        settings.put("taskmanager.numberOfTaskSlots", "1");
        settings.put("metrics.fetcher.update-interval", "2000");
        settings.put("high-availability.type", "zookeeper");
        settings.put("high-availability.storageDir", directories.of(role + "/ha").toUri() + "");
        settings.put("high-availability.cluster-id", "/" + role);
        settings.put("high-availability.zookeeper.client.session-timeout", "10 s");
        settings.put("high-availability.zookeeper.client.tolerate-suspended-connections", "true");
        settings.put(
                "high-availability.zookeeper.quorum",
                "%s:%d".formatted(zooKeeperHost, zooKeeper.port()));
        FlinkCluster flink =
                new FlinkCluster(
                        directories.of(role),
                        Nvr.PROJECT,
                        settings,
                        isPrimary ? primaryPlace() : Place.HERE);
        FlinkJobs jobs = new FlinkJobs(flink, role, configuration);
        String manager = role + "-jobmanager";
        processes.start(manager, () -> flink.startJobManager(manager, Map.of()));
        if (isPrimary && spec.standby()) {
            startStandby(flink, jobs);
        }
        for (int i = 1; i <= (isPrimary ? spec.taskManagers() : 1); i++) {
            int number = i;
            String name = "%s-taskmanager-%d".formatted(role, i);
            processes.start(
                    name, () -> flink.startTaskManager(name, taskManagerOptions(name, number)));
        }
        return jobs;
    }

    private void startStandby(FlinkCluster flink, FlinkJobs jobs) throws Exception {
        int port = FreePort.any();
        String name = "primary-standby";
        processes.start(
                name,
                () -> flink.startJobManager(name, Map.of("rest.port", Integer.toString(port))));
        jobs.standby(URI.create("http://%s:%d".formatted(flink.rest().getHost(), port)));
    }

    private Place primaryPlace() throws IOException {
        String host = namespace.map(Namespace::insideHost).orElse(LOOPBACK);
        return new Place(
                host,
                namespace.map(Namespace::command).orElse(List.of()),
                List.of("-Djdk.net.hosts.file=" + hosts(host)));
    }

    private List<String> taskManagerOptions(String name, int number) throws IOException {
        List<String> options = new ArrayList<>();
        options.add(
                "-Xlog:safepoint,gc:file="
                        + directories.of("pauses").resolve(name + "-%p" + Pauses.SUFFIX)
                        + ":uptime:filecount=0");
        if (!spec.jvm().isEmpty()) {
            String jvm = spec.jvm().get((number - 1) % spec.jvm().size());
            options.addAll(List.of(jvm.split(" ", -1)));
        }
        return options;
    }

    private void awaitAndSubmit() throws Exception {
        await("the replica's TaskManager", () -> replica.taskManagers() == 1);
        replica.submit();
        await("HDFS with all its DataNodes", hdfs::isReady);
        await("the primary's TaskManagers", () -> primary.taskManagers() == spec.taskManagers());
        primary.submit();
    }

    /** Until all processes are where they belong: a scenario may have moved them. */
    void awaitReady() throws Exception {
        await("HDFS with all its DataNodes", hdfs::isReady);
        await("the primary's TaskManagers", () -> primary.taskManagers() == spec.taskManagers());
        await("metrics of all cameras", () -> primary.hosts().size() == cameras.names().size());
    }

    /** Who waits in vain is told what may have been the reason. */
    private void await(String what, Callable<Boolean> condition) throws Exception {
        Eventually.holds(
                () ->
                        "%s; HDFS when last looked at: %s%n%s"
                                .formatted(
                                        what,
                                        hdfs.seen(),
                                        Endings.of(processes.all(), directories)),
                START_LIMIT,
                condition);
    }

    private void awaitVideo() throws Exception {
        for (String camera : cameras.names()) {
            await(
                    camera + " is recorded",
                    () -> !timeline(camera, Instant.EPOCH).spans().isEmpty());
            await(camera + " is recorded by the replica", () -> !ring.fragments(camera).isEmpty());
        }
        awaitReady();
    }

    Timeline timeline(String camera, Instant from) throws IOException {
        CameraId id = new CameraId(camera);
        Optional<Instant> after = from.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(from);
        try {
            return new ArchiveReader(archive).timeline(id, after, Optional.empty());
        } catch (NothingRecordedException e) {
            return new Timeline(id, NOTHING, 0, List.of(), List.of());
        }
    }

    SiteSpec spec() {
        return spec;
    }

    SiteDirectories directories() {
        return directories;
    }

    Processes processes() {
        return processes;
    }

    Network network() {
        return network;
    }

    Optional<Namespace> namespace() {
        return namespace;
    }

    SmallDisk disk(String dataNode) {
        return Optional.ofNullable(disks.get(dataNode))
                .orElseThrow(() -> new IllegalArgumentException(dataNode + " has no small disk"));
    }

    SimulatedCameras cameras() {
        return cameras;
    }

    HdfsCluster hdfs() {
        return hdfs;
    }

    FlinkJobs primary() {
        return primary;
    }

    RawArchive raw() {
        return raw;
    }

    /** What the replica has. */
    RawArchive ring() {
        return ring;
    }

    @Override
    public void close() {
        for (AutoCloseable part : closing) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("while closing: " + e);
            }
        }
    }
}

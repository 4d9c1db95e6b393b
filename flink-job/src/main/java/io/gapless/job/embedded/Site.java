package io.gapless.job.embedded;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A whole small site on one machine: simulated cameras if there are no others, HDFS unless another
 * archive is given, the primary, and replicas. Owned by one thread.
 */
public final class Site implements AutoCloseable {
    /** More than anybody needs on one machine; each is a JVM. */
    public static final int MOST_REPLICAS = 4;

    /** What the user asked for. */
    public record Request(
            Optional<Path> catalogue,
            Optional<URI> archive,
            Optional<Integer> webPort,
            Optional<Integer> hdfsPort,
            int replicas) {
        public Request {
            requireNonNull(catalogue, "catalogue is null");
            requireNonNull(archive, "archive is null");
            requireNonNull(webPort, "webPort is null");
            requireNonNull(hdfsPort, "hdfsPort is null");
        }
    }

    /** A line for the user. */
    public record Address(String what, String where) {}

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final Request request;
    private final Consumer<String> report;
    private final Supervisor supervisor;
    private final SitePorts ports;
    private final List<Member> replicas;
    private final int cameras;
    private final Path catalogue;
    private final URI archive;

    private Site(
            DataDirectory data,
            Request request,
            DiskShares disk,
            int cameras,
            Consumer<String> report)
            throws IOException {
        this.cameras = cameras;
        this.data = data;
        this.request = request;
        this.report = report;
        this.supervisor = new Supervisor(data, report);
        this.replicas =
                IntStream.rangeClosed(1, request.replicas()).mapToObj(Member::replica).toList();
        this.ports = new SitePorts(request, replicas);
        try {
            this.catalogue = startCameras();
            RecorderFile configurations = configurations(disk);
            startReplicas(configurations);
            this.archive = startArchive();
            startPrimary(configurations, disk);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything, saying what it waits for.
     *
     * @throws CatalogueException with one sentence if the catalogue is wrong
     * @throws IOException with one sentence if anything cannot be started; nothing is left running
     */
    public static Site start(DataDirectory data, Request request, Consumer<String> report)
            throws IOException, CatalogueException {
        if (request.replicas() < 0 || request.replicas() > MOST_REPLICAS) {
            throw new IOException(
                    "--replicas must be 0 to %d, not %d"
                            .formatted(MOST_REPLICAS, request.replicas()));
        }
        int cameras = SiteProcesses.SIMULATED_CAMERAS;
        if (request.catalogue().isPresent()) {
            // The file is valid, and the passwords that it names are to be had.
            cameras = Catalogue.read(request.catalogue().get()).settings().size();
        }
        if (request.archive().isPresent()) {
            Archive.openForWriting(request.archive().get(), Map.of()).close();
        }
        DiskShares disk = DiskShares.of(data, request.replicas());
        disk.require(data.root());
        return new Site(data, request, disk, cameras, report);
    }

    /** What to tell the user, in order. */
    public List<Address> addresses() {
        List<Address> lines = new ArrayList<>();
        lines.add(new Address("Cameras", catalogue.toString()));
        lines.add(new Address("Archive", archive + "/recordings"));
        lines.add(new Address("Flink web UI", primaryWebUi() + "  (primary)"));
        for (Member replica : replicas) {
            lines.add(
                    new Address(
                            "Flink web UI", "%s  (%s)".formatted(webUi(replica), replica.name())));
        }
        for (Member replica : replicas) {
            lines.add(
                    new Address(
                            "Ring", "%s  (%s)".formatted(ports.ring(replica), data.ring(replica))));
        }
        lines.add(new Address("Logs", data.logs().toString()));
        return lines;
    }

    public URI primaryWebUi() {
        return webUi(Member.PRIMARY);
    }

    /** In order of their numbers. */
    public List<URI> replicaWebUis() {
        return replicas.stream().map(this::webUi).toList();
    }

    public URI archive() {
        return archive;
    }

    /** Starts again what died or hangs; to be called once a second. */
    public void check() {
        supervisor.check();
    }

    @Override
    public void close() throws IOException {
        supervisor.stop();
        ports.close();
    }

    private URI webUi(Member recorder) {
        return URI.create("http://127.0.0.1:" + ports.web(recorder));
    }

    private RecorderFile configurations(DiskShares disk) throws IOException {
        Map<Member, URI> rings = new LinkedHashMap<>();
        replicas.forEach(replica -> rings.put(replica, ports.ring(replica)));
        if (!replicas.isEmpty()) {
            RingSecretFile.ensure(data.ringSecret());
        }
        return new RecorderFile(data, catalogue, rings, disk);
    }

    /** Before anything else: they need no HDFS, and what they record the primary can fetch. */
    private void startReplicas(RecorderFile configurations) throws IOException {
        for (Member replica : replicas) {
            report.accept("Starting the %s ...".formatted(replica.name()));
            configurations.writeReplica(replica);
            supervisor.startWhenPossible(
                    SiteProcesses.recorder(replica, ports.web(replica), cameras));
        }
    }

    private void startPrimary(RecorderFile configurations, DiskShares disk) throws IOException {
        report.accept("Starting the primary ...");
        configurations.writePrimary(
                archive, request.archive().isPresent() ? Map.of() : embeddedHdfsSettings(disk));
        DataDirectory.writeLine(data.webUiFile(Member.PRIMARY), primaryWebUi().toString());
        supervisor.start(
                SiteProcesses.recorder(Member.PRIMARY, ports.web(Member.PRIMARY), cameras));
    }

    private Map<String, String> embeddedHdfsSettings(DiskShares disk) {
        String blockBytes = Long.toString(disk.blockBytes(cameras));
        return Map.of("dfs.replication", "1", "dfs.blocksize", blockBytes);
    }

    private Path startCameras() throws IOException {
        if (request.catalogue().isPresent()) {
            return request.catalogue().get().toAbsolutePath();
        }
        report.accept(
                "Starting %d simulated cameras ...".formatted(SiteProcesses.SIMULATED_CAMERAS));
        Path simulated = data.simulatedCatalogue();
        Files.deleteIfExists(simulated);
        ChildProcess simulator =
                supervisor.start(SiteProcesses.simulator(simulated, ports.chooseRtsp()));
        if (!Poll.until(START_LIMIT, () -> Files.exists(simulated) || !simulator.isAlive())
                || !Files.exists(simulated)) {
            throw new IOException(
                    "the simulated cameras did not start; see "
                            + data.logs().resolve("simulator.out"));
        }
        return simulated;
    }

    private URI startArchive() throws IOException {
        if (request.archive().isPresent()) {
            URI root = request.archive().get();
            DataDirectory.writeLine(data.externalArchiveFile(), root.toString());
            return root;
        }
        Files.deleteIfExists(data.externalArchiveFile());
        report.accept("Starting HDFS in " + data.hdfs() + " ...");
        return HdfsProcess.awaitArchive(
                data, supervisor.start(HdfsProcess.launch(ports.hdfs(), ports.hdfsWeb())));
    }
}

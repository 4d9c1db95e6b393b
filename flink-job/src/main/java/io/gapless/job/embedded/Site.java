package io.gapless.job.embedded;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.job.embedded.DataDirectory.Role;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole small site on one machine: simulated cameras if there are no others, HDFS unless another
 * archive is given, and the primary. Owned by one thread.
 */
public final class Site implements AutoCloseable {
    /** What the user asked for. */
    public record Request(
            Optional<Path> catalogue,
            Optional<URI> archive,
            Optional<Integer> webPort,
            Optional<Integer> hdfsPort) {
        public Request {
            requireNonNull(catalogue, "catalogue is null");
            requireNonNull(archive, "archive is null");
        }
    }

    private static final int USUAL_WEB_PORT = 8081;
    private static final int USUAL_RTSP_PORT = 8554;
    private static final int SIMULATED_CAMERAS = 4;
    private static final long LEAST_FREE_BYTES = 1L << 30;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final long LEAST_BLOCK_BYTES = 16L << 20;
    private static final long USUAL_BLOCK_BYTES = 128L << 20;

    private final Supervisor supervisor;
    private final Ports ports;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final String webUi;
    private final URI archive;

    private Site(
            Supervisor supervisor,
            Ports ports,
            URI archive,
            String webUi,
            Path catalogue,
            Path logs) {
        this.supervisor = supervisor;
        this.ports = ports;
        this.archive = archive;
        this.webUi = webUi;
        addresses.put("Cameras", catalogue.toString());
        addresses.put("Archive", archive + "/recordings");
        addresses.put("Flink web UI", webUi);
        addresses.put("Logs", logs.toString());
    }

    /**
     * Starts everything, saying what it waits for.
     *
     * @throws CatalogueException with one sentence if the catalogue is wrong
     * @throws IOException with one sentence if anything cannot be started; nothing is left running
     */
    public static Site start(DataDirectory data, Request request, Consumer<String> report)
            throws IOException, CatalogueException {
        if (request.catalogue().isPresent()) {
            requireUsable(request.catalogue().get());
        }
        if (request.archive().isPresent()) {
            Archive.openForWriting(request.archive().get(), Map.of()).close();
        }
        checkSpace(data);
        Ports ports = new Ports();
        Supervisor supervisor = new Supervisor(data, report);
        try {
            int webPort = ports.choose(request.webPort(), USUAL_WEB_PORT, "--web-port");
            int hdfsPort = HdfsProcess.choosePort(ports, request.hdfsPort());
            Path catalogue = catalogue(data, request, supervisor, ports, report);
            URI archive = archive(data, request, hdfsPort, supervisor, report);
            RecorderFile.write(
                    data.recorderConfiguration(),
                    catalogue,
                    archive,
                    request.archive().isPresent() ? Map.of() : embeddedHdfsSettings(data));
            report.accept("Starting the primary ...");
            supervisor.start(primary(webPort));
            String webUi = "http://127.0.0.1:" + webPort;
            return new Site(supervisor, ports, archive, webUi, catalogue, data.logs());
        } catch (IOException | RuntimeException e) {
            supervisor.stop();
            ports.close();
            throw e;
        }
    }

    /** What to tell the user, in order. */
    public Map<String, String> addresses() {
        return addresses;
    }

    public String webUi() {
        return webUi;
    }

    public URI archive() {
        return archive;
    }

    /** Starts again what died; to be called every second or so. */
    public void check() throws IOException {
        supervisor.check();
    }

    @Override
    public void close() throws IOException {
        supervisor.stop();
        ports.close();
    }

    /** The file is valid, and the passwords that it names are to be had. */
    private static void requireUsable(Path catalogue) throws CatalogueException {
        Catalogue.read(catalogue).settings();
    }

    private static void checkSpace(DataDirectory data) throws IOException {
        FileStore store = Files.getFileStore(data.root());
        if (store.getUsableSpace() < LEAST_FREE_BYTES) {
            throw new IOException(
                    "only %d MB are free for %s, and recording needs at least %d MB; free some or give another --data"
                            .formatted(
                                    store.getUsableSpace() >> 20,
                                    data.root(),
                                    LEAST_FREE_BYTES >> 20));
        }
    }

    /**
     * Every camera's open block reserves its whole size on the disk, and every new block costs a
     * new pipeline: so blocks are as large as a disk shared by hundreds of cameras allows.
     */
    private static Map<String, String> embeddedHdfsSettings(DataDirectory data) throws IOException {
        long free = Files.getFileStore(data.root()).getUsableSpace();
        long share = Long.highestOneBit(Math.max(1, free / 1024));
        long block = Math.max(LEAST_BLOCK_BYTES, Math.min(USUAL_BLOCK_BYTES, share));
        return Map.of("dfs.replication", "1", "dfs.blocksize", Long.toString(block));
    }

    private static Path catalogue(
            DataDirectory data,
            Request request,
            Supervisor supervisor,
            Ports ports,
            Consumer<String> report)
            throws IOException {
        if (request.catalogue().isPresent()) {
            return request.catalogue().get().toAbsolutePath();
        }
        report.accept("Starting %d simulated cameras ...".formatted(SIMULATED_CAMERAS));
        Path catalogue = data.simulatedCatalogue();
        Files.deleteIfExists(catalogue);
        int port = ports.choose(Optional.empty(), USUAL_RTSP_PORT, "--port");
        ChildProcess simulator = supervisor.start(simulator(catalogue, port));
        if (!Poll.until(START_LIMIT, () -> Files.exists(catalogue) || !simulator.isAlive())
                || !Files.exists(catalogue)) {
            throw new IOException(
                    "the simulated cameras did not start; see "
                            + data.logs().resolve("simulator.out"));
        }
        return catalogue;
    }

    private static URI archive(
            DataDirectory data,
            Request request,
            int hdfsPort,
            Supervisor supervisor,
            Consumer<String> report)
            throws IOException {
        if (request.archive().isPresent()) {
            URI root = request.archive().get();
            DataDirectory.writeLine(data.externalArchiveFile(), root.toString());
            return root;
        }
        Files.deleteIfExists(data.externalArchiveFile());
        report.accept("Starting HDFS in " + data.hdfs() + " ...");
        return HdfsProcess.awaitArchive(data, supervisor.start(HdfsProcess.launch(hdfsPort)));
    }

    private static Supervisor.Launch simulator(Path catalogue, int port) {
        return new Supervisor.Launch(
                Role.SIMULATOR,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                List.of(
                        "--cameras", Integer.toString(SIMULATED_CAMERAS),
                        "--port", Integer.toString(port),
                        "--catalogue", catalogue.toString()),
                Duration.ofSeconds(5));
    }

    private static Supervisor.Launch primary(int webPort) {
        List<String> options = new ArrayList<>(JdkOpens.OPTIONS);
        options.add("-Xmx768m");
        options.add("-XX:MaxDirectMemorySize=1g");
        options.add("-Dgapless.conf=" + System.getProperty("gapless.conf"));
        return new Supervisor.Launch(
                Role.PRIMARY, options, List.of(Integer.toString(webPort)), STOP_PATIENCE);
    }
}

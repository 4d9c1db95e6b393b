package io.gapless.system.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapless.simulator.SimulatedCameras;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what the recorders are told. JSON is YAML, too. */
record RecorderFiles(SiteDirectories directories, SiteSpec spec) {
    /** Short, so that a scenario is over while somebody watches; as {@code nvr up} has it. */
    private static final String BACKFILL_INTERVAL = "5 s";

    /** A catalogue by which each recorder comes by a relay of its own. */
    void catalogue(SimulatedCameras cameras, String primaryHost, Relay primary, Relay replica)
            throws IOException {
        Files.writeString(
                directories.file("cameras.yaml"),
                cameras.names().stream()
                        .map(
                                name ->
                                        "- {id: %s, url: '%s', replicaUrl: '%s', transport: tcp}%n"
                                                .formatted(
                                                        name,
                                                        by(cameras.uri(name), primaryHost, primary),
                                                        by(
                                                                cameras.replicaUri(name),
                                                                FireSite.RELAYS,
                                                                replica)))
                        .collect(Collectors.joining("", "cameras:\n", "")));
    }

    private static String by(URI camera, String host, Relay relay) {
        return "rtsp://%s:%d%s".formatted(host, relay.port(), camera.getPath());
    }

    Path primary(URI archive, URI ring, int replication) throws IOException {
        Map<String, String> hadoop = new TreeMap<>(HdfsCluster.bothSides());
        hadoop.put("dfs.client.use.datanode.hostname", "true");
        hadoop.put("dfs.replication", Integer.toString(replication));
        ObjectNode settings = common(Math.max(1, spec.taskManagers() - 1));
        settings.put("archive", archive.toString());
        settings.putPOJO("hadoop", hadoop);
        settings.putPOJO(
                "rings",
                List.of(Map.of("url", ring.toString(), "secretFile", secret().toString())));
        settings.putObject("backfill").put("interval", BACKFILL_INTERVAL);
        spec.settings().forEach((key, value) -> put(settings, key, value));
        return written("primary.yaml", settings);
    }

    Path replica(int ringPort) throws IOException {
        ObjectNode settings = common(1);
        settings.putPOJO(
                "ring",
                Map.of(
                        "directories", List.of(directories.ring().toString()),
                        "listen", "127.0.0.1:" + ringPort,
                        "secretFile", secret().toString()));
        return written("replica.yaml", settings);
    }

    private ObjectNode common(int parallelism) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.put("catalogue", directories.file("cameras.yaml").toString());
        settings.put("parallelism", parallelism);
        return settings;
    }

    /** A key with dots stands in the objects before the dots. */
    private static void put(ObjectNode settings, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            settings.put(key, value);
        } else {
            put(settings.withObjectProperty(key.substring(0, dot)), key.substring(dot + 1), value);
        }
    }

    private Path secret() throws IOException {
        Path file = directories.file("ring.secret");
        return Files.exists(file) ? file : Files.writeString(file, "under-fire-ring\n");
    }

    private Path written(String name, ObjectNode settings) throws IOException {
        Path file = directories.file(name);
        new ObjectMapper().writeValue(file.toFile(), settings);
        return file;
    }
}

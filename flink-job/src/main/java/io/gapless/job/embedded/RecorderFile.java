package io.gapless.job.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the configurations of the recorders of a small site.
 *
 * @param rings addresses, by replica
 */
record RecorderFile(DataDirectory data, Path catalogue, Map<Member, URI> rings, DiskShares disk) {
    /** Short, so that a laptop's gaps are filled while somebody watches. */
    private static final String BACKFILL_INTERVAL = "5 s";

    private static final String RING_AGE = "24 h";

    /**
     * @param hadoop settings of the HDFS client
     */
    void writePrimary(URI archive, Map<String, String> hadoop) throws IOException {
        Map<String, Object> settings = common();
        settings.put("archive", archive.toString());
        settings.put("hadoop", hadoop);
        settings.put(
                "spill",
                Map.of(
                        "directories",
                        List.of(data.spill().toString()),
                        "maxBytes",
                        bytes(disk.spillLimitBytes())));
        if (!rings.isEmpty()) {
            settings.put("rings", rings.values().stream().map(this::ring).toList());
            settings.put("backfill", Map.of("interval", BACKFILL_INTERVAL));
        }
        write(Member.PRIMARY, settings);
    }

    private Map<String, String> ring(URI address) {
        return Map.of("url", address.toString(), "secretFile", data.ringSecret().toString());
    }

    void writeReplica(Member replica) throws IOException {
        Map<String, Object> ring = new LinkedHashMap<>();
        ring.put("directories", List.of(data.ring(replica).toString()));
        ring.put("maxAge", RING_AGE);
        ring.put("maxBytes", bytes(disk.ringLimitBytes()));
        ring.put("reserve", bytes(disk.ringReserveBytes()));
        ring.put("listen", rings.get(replica).getAuthority());
        ring.put("secretFile", data.ringSecret().toString());
        Map<String, Object> settings = common();
        settings.put("ring", ring);
        // It is the third JVM on a laptop, and a local disk stalls more rarely than HDFS.
        settings.put("mediaMemory", "192 mb");
        settings.put("queue", "32 mb");
        write(replica, settings);
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("catalogue", catalogue.toString());
        settings.put("parallelism", Runtime.getRuntime().availableProcessors());
        return settings;
    }

    private static String bytes(long bytes) {
        return bytes + " bytes";
    }

    private void write(Member recorder, Map<String, Object> settings) throws IOException {
        // JSON is YAML, too.
        new ObjectMapper().writeValue(data.configuration(recorder).toFile(), settings);
    }
}

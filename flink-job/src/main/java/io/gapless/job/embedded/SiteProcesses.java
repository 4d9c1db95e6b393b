package io.gapless.job.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the simulated cameras and the recorders of a small site are started. */
final class SiteProcesses {
    static final int SIMULATED_CAMERAS = 4;

    private static final Duration SIMULATOR_PATIENCE = Duration.ofSeconds(5);

    /** A recorder ends with a savepoint. */
    private static final Duration RECORDER_PATIENCE = Duration.ofSeconds(30);

    /** Flink's two RPC systems each look at their timers every 10 ms otherwise. */
    private static final String SLOW_TICKS = "-Dpekko.scheduler.tick-duration=100ms";

    private static final int LEAST_HEAP_MB = 768;

    /**
     * And a megabyte for each camera: Hadoop's client, which is used on request, allocates a
     * quarter of one at each flush, and ZGC needs room for what comes while it collects.
     */
    private static final int HEAP_BESIDE_CAMERAS_MB = 512;

    private SiteProcesses() {}

    static Supervisor.Launch simulator(Path catalogue, int port) {
        return new Supervisor.Launch(
                Member.SIMULATOR,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                List.of(
                        "--cameras", Integer.toString(SIMULATED_CAMERAS),
                        "--port", Integer.toString(port),
                        "--catalogue", catalogue.toString()),
                SIMULATOR_PATIENCE,
                Optional.empty());
    }

    static Supervisor.Launch recorder(Member member, int webPort, int cameras) {
        List<String> options = new ArrayList<>(JdkOpens.OPTIONS);
        options.addAll(memory(member, cameras));
        options.add(SLOW_TICKS);
        options.add(inherited(EmbeddedRecorder.WATCHED));
        options.add(inherited("gapless.conf"));
        return new Supervisor.Launch(
                member,
                options,
                List.of(Integer.toString(webPort)),
                RECORDER_PATIENCE,
                Optional.of(
                        new HttpProgress(
                                URI.create("http://127.0.0.1:" + webPort), new RecorderTurns())));
    }

    private static String inherited(String property) {
        return "-D" + property + "=" + System.getProperty(property);
    }

    /** A replica has no HDFS client, and is the third JVM on a laptop. */
    private static List<String> memory(Member member, int cameras) {
        return switch (member.kind()) {
            case PRIMARY -> {
                int heap = Math.max(LEAST_HEAP_MB, HEAP_BESIDE_CAMERAS_MB + cameras);
                yield List.of(
                        "-Xmx" + heap + "m",
                        // Otherwise ZGC takes what it may before it collects.
                        "-XX:SoftMaxHeapSize=" + heap / 2 + "m",
                        "-XX:MaxDirectMemorySize=1g",
                        "-XX:+UseZGC",
                        // Collecting before there is need cost 4 ms of processor time a second.
                        "-XX:-ZProactive");
            }
            case SIMULATOR, HDFS ->
                    List.of(
                            "-Xmx768m",
                            "-XX:MaxDirectMemorySize=1g",
                            "-XX:+UseG1GC",
                            "-XX:MaxGCPauseMillis=10");
            case REPLICA -> List.of("-Xmx320m", "-XX:MaxDirectMemorySize=384m", "-XX:+UseSerialGC");
        };
    }
}

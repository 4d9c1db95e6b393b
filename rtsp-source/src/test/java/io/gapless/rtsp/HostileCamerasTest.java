package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cameras that mean harm, or might as well. Each shares its event loop with an honest camera, which
 * has to be recorded as if it were alone, and costs no more of that loop than a bound.
 */
class HostileCamerasTest {
    /** Of what it floods: past this it is hung up on. Most of it waits in the system's buffers. */
    private static final String MOST_FLOODED_MB = "32";

    /** Nearly all of it garbage at once. */
    private static final long MOST_ALLOCATED_BYTES = 512L << 20;

    private static final long MOST_VIDEO_BYTES = 48L << 20;
    private static final long MOST_CPU_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final List<String> HONEST =
            List.of("# honest", "> PLAY *", "stream $0 every 0.04 count 50 gop 25");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Cost(long allocatedBytes, long cpuNanos) {}

    static List<CameraScript> hostile() throws IOException {
        return CameraScript.all("hostile");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void costsOnlyItself(CameraScript script) throws Exception {
        ScriptedClock clock = new ScriptedClock();
        FrameLog log = new FrameLog(ScriptedClock.START);
        FrameLog honestLog = new FrameLog(ScriptedClock.START);
        RecorderRig rig = new RecorderRig(script.limits(), clock, clock);
        CameraScript honest = CameraScript.parse(HONEST);
        try (ScriptedCamera neighbour = new ScriptedCamera(honest, new ScriptedClock());
                ScriptedCamera camera = new ScriptedCamera(script, clock)) {
            Cost before = cost(rig);
            rig.record(honest.settingsFor(neighbour.uri()), honestLog);
            rig.record(script.settingsFor(camera.uri()), log);
            camera.done().get(60, TimeUnit.SECONDS);
            neighbour.done().get(60, TimeUnit.SECONDS);
            Cost after = cost(rig);
            rig.stop();
            assertThat(camera.floodedBytes()).isLessThan(mostFlooded(script));
            assertThat(after.allocatedBytes - before.allocatedBytes)
                    .isLessThan(MOST_ALLOCATED_BYTES);
            assertThat(after.cpuNanos - before.cpuNanos).isLessThan(MOST_CPU_NANOS);
        } finally {
            rig.close();
        }
        assertThat(log.lines("interruption|because")).startsWith(outage(script));
        assertThat(honestLog.lines("-?[0-9]")).hasSize(50);
        assertThat(honestLog.lines("interruption|gap")).isEmpty();
        assertThat(rig.memory.highWaterBytes()).isLessThan(MOST_VIDEO_BYTES);
        assertThat(rig.memory.usedBytes()).isZero();
    }

    private static String[] outage(CameraScript script) {
        return script.expected().toArray(String[]::new);
    }

    private static long mostFlooded(CameraScript script) {
        return Long.parseLong(script.settings().getOrDefault("flooded", MOST_FLOODED_MB)) << 20;
    }

    /** Of the one event loop so far. */
    private static Cost cost(RecorderRig rig) throws Exception {
        return rig.eventLoops()
                .next()
                .submit(
                        () ->
                                new Cost(
                                        THREADS.getThreadAllocatedBytes(
                                                Thread.currentThread().getId()),
                                        THREADS.getCurrentThreadCpuTime()))
                .get(30, TimeUnit.SECONDS);
    }
}

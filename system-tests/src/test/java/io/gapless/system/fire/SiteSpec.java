package io.gapless.system.fire;

import java.util.List;
import java.util.Map;

/**
 * What a scenario is played on.
 *
 * @param mbits of each camera, in Mbit/s
 * @param taskManagers of the primary, each with one slot; one more than it needs
 * @param standby whether a second JobManager waits
 * @param namespace whether the primary is in a network namespace of its own
 * @param diskMegabytes of each DataNode's own small file system; 0 for a directory like any other
 * @param jvm further options of the TaskManagers; several are given to them in turn, so that they
 *     can be compared at the same time
 * @param settings of the recorders, such as {@code mediaMemory}, added to their configuration
 */
record SiteSpec(
        int cameras,
        double mbits,
        int taskManagers,
        int dataNodes,
        boolean standby,
        boolean namespace,
        int diskMegabytes,
        List<String> jvm,
        Map<String, String> settings) {
    SiteSpec {
        jvm = List.copyOf(jvm);
        settings = Map.copyOf(settings);
    }

    SiteSpec withCameras(int count) {
        return new SiteSpec(
                count,
                mbits,
                taskManagers,
                dataNodes,
                standby,
                namespace,
                diskMegabytes,
                jvm,
                settings);
    }

    SiteSpec withMbits(double rate) {
        return new SiteSpec(
                cameras,
                rate,
                taskManagers,
                dataNodes,
                standby,
                namespace,
                diskMegabytes,
                jvm,
                settings);
    }

    /** Of all video together. */
    double bytesPerSecond() {
        return cameras * mbits * 1e6 / 8;
    }
}

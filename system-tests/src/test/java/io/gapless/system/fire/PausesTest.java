package io.gapless.system.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausesTest {
    @TempDir private Path directory;

    @Test
    void collectionsAreToldFromOtherSafepointsAndAllStartsOfAProcessCount() throws Exception {
        Files.writeString(
                directory.resolve("tm-1-100.pauses"),
                """
                [1.000s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->9M(546M) 7.011ms
                [1.000s] Safepoint "G1CollectForAllocation", Time since last: 1 ns, Reaching safepoint: 1000000 ns, Cleanup: 5 ns, At safepoint: 7 ns, Total: 8000000 ns
                [2.000s] Safepoint "Cleanup", Time since last: 1 ns, Reaching safepoint: 10 ns, Cleanup: 5 ns, At safepoint: 7 ns, Total: 300000 ns
                """);
        Files.writeString(
                directory.resolve("tm-1-200.pauses"),
                """
                [1.000s] Safepoint "ZMarkEnd", Time since last: 1 ns, Reaching safepoint: 100000 ns, Cleanup: 5 ns, At safepoint: 7 ns, Total: 2000000 ns
                [3.000s] Allocation Stall (archive-store-1) 12.500ms
                """);

        assertThat(Pauses.table(Pauses.of(directory)))
                .contains(
                        "| tm-1 | 2, 2.0, 8.0, 8.0, 8.0 | 2, 1.9, 7.0, 7.0, 7.0"
                                + " | 1, 0.3, 0.3, 0.3, 0.3 | 1, 12.5, 12.5, 12.5, 12.5 |");
    }
}

package io.gapless.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final String LONGEST_ID = "c".repeat(20);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveTable table = new LiveTable(new PrintStream(bytes, true, UTF_8), false);

    @Test
    void showsBothRecordersAndWhatIsToBeFilled() {
        table.draw(
                recorder(Map.of("frames", 50L, "openGapSeconds", 7L, "lastFrameAgeMs", 7000L)),
                List.of(recorder(Map.of("frames", 90L, "lastFrameAgeMs", 20L))),
                0);
        assertThat(rows()).containsExactly("cam-1 gap 7 s live 50 - 0 0 whole");
    }

    @Test
    void showsGapsThatAreToBeFilled() {
        table.draw(
                recorder(Map.of("lastFrameAgeMs", 1L, "openGaps", 2L, "openSeconds", 31L)),
                List.of(RecorderStatus.DOWN),
                0);
        assertThat(rows()).containsExactly("cam-1 live down 0 - 0 0 2 open, 31 s");
    }

    @Test
    void saysWhatIsLost() {
        RecorderStatus camera = recorder(Map.of("lastFrameAgeMs", 1L));
        table.draw(RecorderStatus.of(camera.cameras(), 40), List.of(camera), 0);
        assertThat(rows())
                .containsExactly(
                        "cam-1 live live 0 - 0 0 whole",
                        "40 s of video are lost; `nvr timeline CAMERA` shows where");
    }

    @Test
    void showsWhatTheReplicaRecordsWhileThePrimaryIsDown() {
        table.draw(RecorderStatus.DOWN, List.of(recorder(Map.of("lastFrameAgeMs", 1L))), 0);
        assertThat(rows()).containsExactly("cam-1 down live - - - - -");
    }

    @Test
    void countsReplicasThatDiffer() {
        RecorderStatus live = recorder(Map.of("lastFrameAgeMs", 1L));
        table.draw(live, List.of(live, RecorderStatus.STARTING), 0);
        table.draw(live, List.of(live, live), 0);
        assertThat(rows())
                .containsExactly(
                        "cam-1 live 1 of 2 live 0 - 0 0 whole", "cam-1 live live 0 - 0 0 whole");
    }

    @Test
    void saysNothingOfReplicasIfThereAreNone() {
        table.draw(recorder(Map.of("frames", 5L)), List.of(), 0);
        assertThat(output()).doesNotContain("REPLICA").doesNotContain("BACKFILL");
        assertThat(rows()).containsExactly("cam-1 connecting 5 - 0 0");
    }

    @Test
    void waitsForTheFirstCamera() {
        table.draw(RecorderStatus.STARTING, List.of(RecorderStatus.STARTING), 0);
        assertThat(output()).isEmpty();
        assertThat(table.isDue(1)).isTrue();
    }

    @Test
    void measuresTheRateBetweenTwoLooks() {
        table.draw(recorder(Map.of("receivedBytes", 1_000_000L)), List.of(), 0);
        long later = Duration.ofSeconds(4).toNanos();
        table.draw(recorder(Map.of("receivedBytes", 2_000_000L)), List.of(), later);
        assertThat(rows().get(1)).isEqualTo("cam-1 connecting 0 2.0 0 0");
    }

    @Test
    void fitsInto100Columns() {
        CameraStatus large =
                new CameraStatus(0, 199_999_999, 1, 9_999_999, 99_999_999, 8640, 99, 9999);
        table.draw(
                RecorderStatus.of(Map.of(LONGEST_ID, large), 1L << 40),
                List.of(
                        RecorderStatus.of(Map.of(LONGEST_ID, large), 1L << 40),
                        RecorderStatus.DOWN),
                0);
        assertThat(output().lines()).allMatch(line -> line.length() <= 100);
    }

    private static RecorderStatus recorder(Map<String, Long> metrics) {
        return RecorderStatus.of(Map.of("cam-1", CameraStatus.of(metrics)), 0);
    }

    private String output() {
        return bytes.toString(UTF_8);
    }

    /** Without headers, and with single spaces. */
    private List<String> rows() {
        return output().lines()
                .filter(line -> !line.startsWith("CAMERA"))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }
}

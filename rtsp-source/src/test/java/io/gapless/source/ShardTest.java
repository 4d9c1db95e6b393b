package io.gapless.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.source.split.CameraPlacement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShardTest {
    private static final List<CameraId> CAMERAS =
            IntStream.range(0, 2000).mapToObj(i -> new CameraId("camera-" + i)).toList();

    @Test
    void everyCameraIsInExactlyOneShard() {
        List<Shard> shards = IntStream.rangeClosed(1, 7).mapToObj(i -> new Shard(i, 7)).toList();
        assertThat(CAMERAS)
                .allSatisfy(
                        camera ->
                                assertThat(shards.stream().filter(s -> s.contains(camera)))
                                        .hasSize(1));
    }

    @Test
    void aCamerasShardNeverChanges() {
        // python3: int.from_bytes(sha256(b"gate").digest()[:8], "big") % 4 + 1, likewise for yard
        assertThat(shardOf("gate", 4)).isEqualTo(3);
        assertThat(shardOf("yard", 4)).isEqualTo(2);
    }

    @Test
    void aShardSpreadsOverAllSubtasks() {
        CameraPlacement placement = new CameraPlacement(4096, 4);
        Shard shard = new Shard(2, 4);
        var perSubtask =
                CAMERAS.stream()
                        .filter(shard::contains)
                        .collect(Collectors.groupingBy(placement::owner, Collectors.counting()));
        assertThat(perSubtask.values()).hasSize(4).allMatch(count -> count > 80);
    }

    @Test
    void isWrittenAsNumberOfCount() {
        assertThat(Shard.parse("2/8")).isEqualTo(new Shard(2, 8)).hasToString("2/8");
    }

    @Test
    void refusesWhatIsNoShard() {
        assertThatThrownBy(() -> Shard.parse("0/4")).hasMessageContaining("counted from 1/4");
        assertThatThrownBy(() -> Shard.parse("5/4")).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Shard.parse("half"))
                .hasMessage("'half' is not a shard; write number/count, such as 1/4");
    }

    private static int shardOf(String camera, int count) {
        return IntStream.rangeClosed(1, count)
                .filter(i -> new Shard(i, count).contains(new CameraId(camera)))
                .findFirst()
                .orElseThrow();
    }
}

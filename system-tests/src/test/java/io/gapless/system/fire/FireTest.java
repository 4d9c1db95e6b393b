package io.gapless.system.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.backfill.Verdict;
import io.gapless.system.fire.Stretch.Fate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short scenarios, one after the other on one site. The long ones are played by {@code
 * system-tests/fire}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FireTest {
    private static final SiteSpec SITE =
            new SiteSpec(4, 0.5, 3, 3, false, false, 0, List.of(), Map.of());

    private FireSite site;

    @BeforeAll
    void startEverything(@TempDir Path directory) throws Exception {
        site = new FireSite(directory, SITE);
    }

    @AfterAll
    void endEverything() {
        if (site != null) {
            site.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short/datanode-namenode-kill",
                "short/hdfs-cut",
                "short/taskmanager-kill",
                "short/both-cut"
            })
    void everyFrameIsThereOnceOrDeclared(String scenario) throws Exception {
        Outcome outcome =
                new Fire(site, System.out)
                        .play(ScenarioFile.read(scenario, Optional.empty()).on(SITE));
        Demands demands = outcome.scenario().demands();
        assertThat(outcome.failures()).as(outcome.scenario().title()).isEmpty();
        // The judge must see what is lost where nobody recorded, too, and what the replica filled.
        assertThat(outcome.sum(Verdict::declaredLost) > 0)
                .isEqualTo(demands.lost() == Demands.Lost.OVERLAP);
        if (demands.liveGaps() != Demands.LiveGaps.NONE) {
            assertThat(outcome.frames(Fate.BACKFILLED)).isPositive();
        }
    }
}

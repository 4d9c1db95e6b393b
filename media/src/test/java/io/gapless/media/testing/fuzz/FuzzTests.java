package io.gapless.media.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The two tests of a module's fuzz targets. How much is tried says {@code -Dgapless.fuzz.seconds}
 * (all targets together), or {@code -Dgapless.fuzz.inputs} (each target by itself, of which {@code
 * -Dgapless.fuzz.target} may choose one).
 */
public final class FuzzTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DEFAULT_SECONDS = 3;

    private final FuzzTargets targets;
    private final Fuzzing fuzzing;

    public FuzzTests(FuzzTargets targets, String name) {
        this.targets = targets;
        this.fuzzing = new Fuzzing(targets, name);
    }

    /** What was found once is not found again. */
    public Stream<DynamicTest> corpus() {
        return targets.targets().keySet().stream()
                .map(target -> DynamicTest.dynamicTest(target, () -> corpus(target)));
    }

    private void corpus(String target) throws IOException {
        List<byte[]> inputs = fuzzing.corpus(target);
        assertThat(inputs).isNotEmpty();
        for (byte[] input : inputs) {
            assertTimeoutPreemptively(PATIENCE, () -> targets.targets().get(target).accept(input));
        }
    }

    public void findsNothingNew() throws IOException, InterruptedException {
        long inputs = Long.getLong("gapless.fuzz.inputs", 0);
        List<String> found = new ArrayList<>();
        if (inputs == 0) {
            int seconds = Integer.getInteger("gapless.fuzz.seconds", DEFAULT_SECONDS);
            fuzzing.all(seconds).ifPresent(found::add);
        } else {
            String only = System.getProperty("gapless.fuzz.target", "");
            for (String target : targets.targets().keySet()) {
                if (only.isEmpty() || only.equals(target)) {
                    fuzzing.one(target, inputs).ifPresent(found::add);
                }
            }
        }
        assertThat(found).isEmpty();
    }
}

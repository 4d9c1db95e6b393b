package io.gapless.rtsp;

import io.gapless.media.testing.fuzz.FuzzTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/fuzzing.md */
class ProtocolFuzzTest {
    private final FuzzTests fuzz = new FuzzTests(new ProtocolTargets(), "protocol");

    @TestFactory
    Stream<DynamicTest> corpus() {
        return fuzz.corpus();
    }

    @Test
    void findsNothingNew() throws Exception {
        fuzz.findsNothingNew();
    }
}

package io.gapless.source.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real process with a real deadlock. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HaltTest {
    /** What the test starts: its event loop never returns, and neither does its shutdown hook. */
    static final class Deadlocked {
        private Deadlocked() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(Deadlocked::hang));
            Duration patience = Duration.ofSeconds(1);
            Watchdog watchdog = new Watchdog(patience, new Halt(patience));
            DefaultEventLoop loop = new DefaultEventLoop();
            watchdog.watch(new EventLoopWheel(loop));
            watchdog.start();
            loop.execute(Deadlocked::hang);
            hang();
        }

        private static void hang() {
            while (true) {
                LockSupport.park();
            }
        }
    }

    @Test
    void aProcessWithAStuckEventLoopEndsWhateverElseHangsInIt() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Deadlocked.class.getName())
                        .redirectErrorStream(true)
                        .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isEqualTo(70);
        } finally {
            process.destroyForcibly();
        }
    }
}

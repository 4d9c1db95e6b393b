package io.gapless.job.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that was free a moment ago, on every address. Seconds pass until the process listens that
 * it is for, and a process that is killed shall find its port again: so it is none that the kernel
 * gives to the connections that somebody opens (on Linux, 32768 and above).
 */
public final class FreePort {
    private static final int FIRST = 12_000;
    private static final int END = 32_000;

    private FreePort() {}

    public static int any() {
        return ThreadLocalRandom.current()
                .ints(FIRST, END)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

package io.gapless.system.nvr;

import java.io.IOException;

/** Signals that Java cannot send. */
public final class Signals {
    private Signals() {}

    /** Freezes a process: it keeps its memory, files and connections, and does nothing. */
    public static void freeze(long pid) throws IOException {
        send("STOP", pid);
    }

    /** Lets a frozen process go on. */
    public static void thaw(long pid) throws IOException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException {
        // The shell's own kill: not every machine has the program.
        String command = "kill -%s %d".formatted(signal, pid);
        Process shell = new ProcessBuilder("/bin/sh", "-c", command).start();
        int status = shell.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("%s: status %d".formatted(command, status));
        }
    }
}

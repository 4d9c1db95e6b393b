package io.gapless.job.cli;

/** Whether a person is looking: the shell that starts us knows, and says so in a property. */
final class Terminal {
    private Terminal() {}

    static boolean showsOutput() {
        return Boolean.getBoolean("gapless.terminal.out");
    }

    static boolean showsErrors() {
        return Boolean.getBoolean("gapless.terminal.err");
    }
}

package io.gapless.job.cli;

import io.gapless.archive.read.ReadProgress;
import io.gapless.media.CameraId;
import java.io.PrintStream;

/** Shows on a terminal how far a long reading has come; silent elsewhere. */
final class Progress implements ReadProgress {
    private final PrintStream err;
    private final boolean terminal;
    private long shownPercent = -1;

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void onProgress(CameraId camera, long doneBytes, long totalBytes) {
        long percent = totalBytes == 0 ? 100 : doneBytes * 100 / totalBytes;
        if (terminal && percent != shownPercent) {
            shownPercent = percent;
            err.printf("\r\033[K%s: %d %% of %d MB", camera, percent, totalBytes >> 20);
            if (percent == 100) {
                err.print("\r\033[K");
            }
            err.flush();
        }
    }
}

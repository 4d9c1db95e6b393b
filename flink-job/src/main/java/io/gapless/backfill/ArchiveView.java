package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.TimeRange;
import java.io.IOException;

/**
 * The archive as backfill needs it: what it shows, and where to note what is lost. Blocks; for one
 * thread at a time per camera.
 */
interface ArchiveView extends AutoCloseable {
    Sight look(CameraId camera, TimeRange range) throws IOException;

    /** Notes that whatever is missing in {@code range} is lost for good. */
    void lost(CameraId camera, TimeRange range, GapCause cause, String detail) throws IOException;

    @Override
    void close();
}

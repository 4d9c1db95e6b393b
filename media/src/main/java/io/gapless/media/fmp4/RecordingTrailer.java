package io.gapless.media.fmp4;

import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What ends a finished recording: our index, from which the recording's content is known in two
 * reads, and an {@code mfra} (ISO 14496-12, 8.8.9), with which ordinary players seek.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RecordingTrailer {
    private RecordingTrailer() {}

    /**
     * The last bytes of a recording, from position 0 to the limit of a heap buffer.
     *
     * @param fragments all of the recording, in its order
     * @param interruptions all run ends of the recording, in its order
     * @param recordingStart the one the fragments' decoding times count from
     */
    public static ByteBuffer encode(
            List<StoredFragment> fragments,
            List<Interruption> interruptions,
            StreamConfiguration configuration,
            MediaTime recordingStart) {
        throw new UnsupportedOperationException();
    }
}

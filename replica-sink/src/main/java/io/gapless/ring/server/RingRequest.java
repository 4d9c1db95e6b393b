package io.gapless.ring.server;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.util.Optional;

/** What a client asks, all of it checked. Nothing in it is ever made into a path. */
sealed interface RingRequest {
    record Status() implements RingRequest {}

    record Cameras() implements RingRequest {}

    /**
     * @param after the last fragment of the page before
     */
    record Listing(CameraId camera, TimeRange range, Optional<Cursor> after)
            implements RingRequest {
        public Listing {
            requireNonNull(camera, "camera is null");
            requireNonNull(range, "range is null");
            requireNonNull(after, "after is null");
        }
    }

    /**
     * @param start of the fragment, which spares searching all of the camera's
     */
    record OneFragment(CameraId camera, RunId run, long sequence, Optional<MediaTime> start)
            implements RingRequest {
        public OneFragment {
            requireNonNull(camera, "camera is null");
            requireNonNull(run, "run is null");
            requireNonNull(start, "start is null");
        }
    }
}

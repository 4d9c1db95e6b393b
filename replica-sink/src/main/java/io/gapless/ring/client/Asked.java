package io.gapless.ring.client;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;

/** What was asked of which ring, for the sentence that says why it was not given. */
record Asked(String what) {
    static Asked listing(RingAddress ring, CameraId camera) {
        return new Asked("what the ring %s holds of camera %s".formatted(ring, camera));
    }

    static Asked fragment(RingAddress ring, FragmentHeader header) {
        return new Asked(
                "fragment %d of run %s of camera %s in the ring %s"
                        .formatted(header.sequence(), header.run(), header.camera(), ring));
    }

    RingUnreachableException unreachable(String why, Throwable cause) {
        return new RingUnreachableException(sentence(why), cause);
    }

    RingRefusedException refused(String why, Throwable cause) {
        return new RingRefusedException(sentence(why), cause);
    }

    RingBusyException busy(String why) {
        return new RingBusyException(sentence(why), null);
    }

    RingFailedException failed(String why) {
        return new RingFailedException(sentence(why), null);
    }

    RingGoneException gone(String why) {
        return new RingGoneException(sentence(why), null);
    }

    RingLyingException lie(String why) {
        return lie(why, null);
    }

    RingLyingException lie(String why, Throwable cause) {
        return new RingLyingException(sentence(why), cause);
    }

    NoMemoryForRingException noMemory(String why) {
        return new NoMemoryForRingException(sentence(why), null);
    }

    private String sentence(String why) {
        return what + ": " + why;
    }
}

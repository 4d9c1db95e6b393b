package io.gapless.ring.client;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.TimeRange;
import java.util.Optional;

/** The paths of the protocol. No name in them ever needs encoding. */
final class FragmentPath {
    private FragmentPath() {}

    static String listing(CameraId camera, TimeRange range, Optional<String> after) {
        return "/v1/cameras/%s/fragments?from=%d&to=%d%s"
                .formatted(
                        camera,
                        range.from().ticks90k(),
                        range.to().ticks90k(),
                        after.map(cursor -> "&after=" + cursor).orElse(""));
    }

    /** With the fragment's start, which spares the ring a search. */
    static String fragment(FragmentHeader header) {
        return "/v1/cameras/%s/runs/%s/fragments/%d?start=%d"
                .formatted(
                        header.camera(),
                        header.run(),
                        header.sequence(),
                        header.start().ticks90k());
    }
}

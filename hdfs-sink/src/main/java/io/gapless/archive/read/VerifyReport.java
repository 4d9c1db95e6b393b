package io.gapless.archive.read;

import java.util.List;

/** The result of {@link ArchiveReader#verify}, one entry a camera, in the order asked. */
public record VerifyReport(List<CameraVerification> cameras) {
    public VerifyReport {
        cameras = List.copyOf(cameras);
    }

    /** Whether all cameras are {@link CameraVerification#whole}. */
    public boolean whole() {
        return cameras.stream().allMatch(CameraVerification::whole);
    }
}

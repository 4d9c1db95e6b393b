package io.gapless.media.fmp4;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The {@code uuid} box that begins a fragment: docs/archive-format.md, "Fragment". It has one size,
 * so that a recording can be walked with one read of that size for each fragment. In version 2 the
 * fragment has metadata, which who knows version 1 alone would not expect.
 *
 * @param configuration position of the fragment's configuration in the initialisation segment
 * @param videoDecodeTimeOffset where the video's baseMediaDecodeTime stands, from the start of the
 *     fragment
 * @param audioDecodeTimeOffset likewise for audio; 0 if there is none
 * @param audioStart presentation time of the first audio access unit
 */
record FragmentBox(
        FragmentRecord fragment,
        int configuration,
        int videoDecodeTimeOffset,
        int audioDecodeTimeOffset,
        Optional<MediaTime> audioStart) {
    static final int BYTES = 196;
    static final int VERSION = 1;
    static final int VERSION_WITH_METADATA = 2;

    /** Size, type, user type, version and flags. */
    static final int PREAMBLE_BYTES = Box.HEADER_BYTES + 16 + 4;

    void write(BoxWriter out) {
        out.begin(BoxIds.FRAGMENT, version(fragment.header()));
        fragment.write(out);
        out.int16(configuration).int16(0);
        out.int32(videoDecodeTimeOffset).int32(audioDecodeTimeOffset);
        out.int64(audioStart.map(MediaTime::ticks90k).orElse(0L));
        FragmentRecord.writeCamera(out, fragment.header().camera());
        out.zeros(3).end();
    }

    private static int version(FragmentHeader header) {
        return header.metadataFrames() > 0 ? VERSION_WITH_METADATA : VERSION;
    }

    /** Whether a box that begins so can be {@link #read}. */
    static boolean isReadable(OwnBox start) {
        return start.is(BoxIds.FRAGMENT, VERSION)
                || start.is(BoxIds.FRAGMENT, VERSION_WITH_METADATA);
    }

    /**
     * @param box from its first byte, {@link #BYTES} of it or more; its position is left alone
     * @throws IllegalArgumentException if the values cannot be those of a fragment
     */
    static FragmentBox read(ByteBuffer box) {
        ByteBuffer tail = box.slice(PREAMBLE_BYTES + FragmentRecord.BYTES, 20);
        int camera = BYTES - 3 - FragmentRecord.CAMERA_BYTES;
        CameraId name = FragmentRecord.readCamera(box.slice(camera, FragmentRecord.CAMERA_BYTES));
        boolean withMetadata = OwnBox.read(box).version() == VERSION_WITH_METADATA;
        FragmentRecord fragment =
                FragmentRecord.read(
                        box.slice(PREAMBLE_BYTES, FragmentRecord.BYTES), name, withMetadata);
        int configuration = Short.toUnsignedInt(tail.getShort(0));
        int audio = tail.getInt(8);
        return new FragmentBox(
                fragment,
                configuration,
                tail.getInt(4),
                audio,
                audio == 0 ? Optional.empty() : Optional.of(new MediaTime(tail.getLong(12))));
    }
}

package io.gapless.archive.read;

import io.gapless.media.ByteSource;
import io.gapless.media.fmp4.StoredFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the decoding time of a fragment's first access unit: {@code moof/traf/tfdt}. */
final class DecodingTime {
    /** Version and flags (ISO 14496-12, 4.2.2). */
    private static final int FULL_BOX_BYTES = 4;

    private DecodingTime() {}

    /** In ticks of the track; nothing if the fragment has no such track or no such box. */
    static OptionalLong of(ByteSource source, StoredFragment stored, int trackId)
            throws IOException {
        for (BoxAt box : boxes(source, stored.offset(), stored.endOffset())) {
            if (box.type().equals("moof")) {
                return inMovieFragment(source, box, trackId);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong inMovieFragment(ByteSource source, BoxAt moof, int trackId)
            throws IOException {
        for (BoxAt traf : boxes(source, moof.payload(), moof.end())) {
            List<BoxAt> parts =
                    traf.type().equals("traf")
                            ? boxes(source, traf.payload(), traf.end())
                            : List.of();
            if (trackId(source, parts) == trackId) {
                return decodingTime(source, parts);
            }
        }
        return OptionalLong.empty();
    }

    private static int trackId(ByteSource source, List<BoxAt> traf) throws IOException {
        for (BoxAt box : traf) {
            if (box.type().equals("tfhd")) {
                return read(source, box.payload() + FULL_BOX_BYTES, Integer.BYTES).getInt();
            }
        }
        return 0;
    }

    private static OptionalLong decodingTime(ByteSource source, List<BoxAt> traf)
            throws IOException {
        for (BoxAt box : traf) {
            if (box.type().equals("tfdt")) {
                boolean wide = read(source, box.payload(), 1).get() == 1;
                ByteBuffer time =
                        read(
                                source,
                                box.payload() + FULL_BOX_BYTES,
                                wide ? Long.BYTES : Integer.BYTES);
                return OptionalLong.of(
                        wide ? time.getLong() : Integer.toUnsignedLong(time.getInt()));
            }
        }
        return OptionalLong.empty();
    }

    private static ByteBuffer read(ByteSource source, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        source.read(position, bytes);
        return bytes.flip();
    }

    /** Boxes one behind the other, as far as they go. */
    private static List<BoxAt> boxes(ByteSource source, long from, long to) throws IOException {
        List<BoxAt> boxes = new ArrayList<>();
        long at = from;
        while (at < to) {
            BoxAt box = BoxAt.read(source, at).orElse(null);
            if (box == null || box.end() > to) {
                break;
            }
            boxes.add(box);
            at = box.end();
        }
        return boxes;
    }
}

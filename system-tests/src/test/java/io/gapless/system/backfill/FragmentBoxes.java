package io.gapless.system.backfill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gapless.system.backfill.RawFragment.RawFrame;
import io.gapless.system.frames.VideoFile;
import io.gapless.system.frames.VideoFile.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Reads a recording a second way: boxes by the words of {@code docs/archive-format.md} alone, and
 * frames by FFmpeg. It shares no code with what is tested.
 */
final class FragmentBoxes {
    private static final UUID FRAGMENT = UUID.fromString("acddc99a-c64a-4d62-ab18-89373e90b531");
    private static final int FRAGMENT_BOX_BYTES = 196;
    private static final int RECORD_AT = 28;
    private static final int DAMAGED = 2;
    private static final int SEAM = 4;

    private final RandomAccessFile file;
    private final List<Frame> frames;
    private final List<RawFragment> fragments = new ArrayList<>();
    private long headBytes;
    private long wholeBytes;

    private FragmentBoxes(RandomAccessFile file, List<Frame> frames) {
        this.file = file;
        this.frames = frames;
    }

    /**
     * What a file holds.
     *
     * @param fragments all that are whole, in the order of the file
     * @param headBytes before the first fragment
     * @param wholeBytes up to the end of the last whole fragment
     */
    record Contents(List<RawFragment> fragments, long headBytes, long wholeBytes) {
        static final Contents NOTHING = new Contents(List.of(), 0, 0);
    }

    /** Reads a recording, finished or not. */
    static Contents read(Path recording) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(recording.toFile(), "r")) {
            if (file.length() == 0) {
                return Contents.NOTHING;
            }
            FragmentBoxes boxes = new FragmentBoxes(file, VideoFile.read(recording).frames());
            boxes.walk();
            return boxes.fragments.isEmpty()
                    ? Contents.NOTHING
                    : new Contents(boxes.fragments, boxes.headBytes, boxes.wholeBytes);
        }
    }

    private void walk() throws IOException {
        long at = 0;
        while (at + 8 <= file.length()) {
            ByteBuffer head = bytes(at, 8);
            long size = Integer.toUnsignedLong(head.getInt());
            String type = ISO_8859_1.decode(head.slice(4, 4)).toString();
            if (size == FRAGMENT_BOX_BYTES && type.equals("uuid")) {
                size = fragment(at, size);
            }
            if (size < 8 || at + size > file.length()) {
                return; // a torn tail
            }
            at += size;
        }
    }

    /** Notes the fragment that starts here, if one does; says how many bytes to pass over. */
    private long fragment(long at, long boxBytes) throws IOException {
        if (at + boxBytes > file.length()) {
            return boxBytes;
        }
        ByteBuffer box = bytes(at, FRAGMENT_BOX_BYTES);
        if (!FRAGMENT.equals(new UUID(box.getLong(8), box.getLong(16))) || box.get(24) != 1) {
            return boxBytes;
        }
        ByteBuffer record = box.slice(RECORD_AT, 80);
        long size = record.getLong(72);
        if (at + size <= file.length()) {
            headBytes = fragments.isEmpty() ? at : headBytes;
            wholeBytes = at + size;
            fragments.add(fragment(record, at, at + size));
        }
        return size;
    }

    private RawFragment fragment(ByteBuffer record, long from, long to) {
        byte[] digest = new byte[16];
        record.get(40, digest);
        List<Frame> inside =
                frames.stream().filter(f -> f.position() >= from && f.position() < to).toList();
        if (inside.size() != record.getInt(56)) {
            throw new AssertionError(
                    "FFmpeg finds %d frames in a fragment of %d"
                            .formatted(inside.size(), record.getInt(56)));
        }
        long start = record.getLong(24);
        int flags = record.get(64);
        return new RawFragment(
                new UUID(record.getLong(0), record.getLong(8)),
                record.getLong(16),
                start,
                record.getLong(32),
                HexFormat.of().formatHex(digest),
                (flags & DAMAGED) != 0,
                (flags & SEAM) != 0,
                record.get(66) == 1,
                timed(inside, start));
    }

    /** The first picture shown starts the fragment, whatever FFmpeg adds for reordered pictures. */
    private static List<RawFrame> timed(List<Frame> frames, long start) {
        long first = frames.stream().mapToLong(Frame::ticks90k).min().orElse(0);
        return frames.stream()
                .map(
                        f ->
                                new RawFrame(
                                        f.mark().counter(),
                                        f.mark().captureMicros(),
                                        start + f.ticks90k() - first))
                .toList();
    }

    private ByteBuffer bytes(long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        file.seek(at);
        try {
            file.readFully(bytes);
        } catch (EOFException e) {
            throw new IOException("the file became shorter", e);
        }
        return ByteBuffer.wrap(bytes);
    }
}

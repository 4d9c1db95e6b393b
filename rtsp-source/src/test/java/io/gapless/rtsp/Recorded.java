package io.gapless.rtsp;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.VideoCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Keeps what a recorder says of a camera, in short, and gives the video back at once. The frame
 * marks are read from the access units by means of its own.
 */
final class Recorded implements CameraListener {
    private static final byte[] MARK = "gapless-frame-v1".getBytes(StandardCharsets.US_ASCII);

    private final List<FragmentHeader> fragments = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private final List<Long> counters = new ArrayList<>();
    private final List<Take> takes = new ArrayList<>();
    private final List<String> configurations = new ArrayList<>();
    private int audioFrames;

    /** A fragment and its frames' marks, in decoding order. */
    record Take(FragmentHeader header, List<Long> counters) {}

    @Override
    public synchronized void onEvent(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            fragments.add(fragment.header());
            order.add("fragment");
            configurations.add(fragment.configuration().toString());
            audioFrames += fragment.header().audioFrames();
            int before = counters.size();
            readCounters(fragment);
            List<Long> added = counters.subList(before, counters.size());
            takes.add(new Take(fragment.header(), List.copyOf(added)));
            fragment.release();
        } else if (event instanceof Interruption interruption) {
            interruptions.add(interruption);
            order.add(interruption.cause().name());
        }
        notifyAll();
    }

    private void readCounters(Fragment fragment) {
        ByteBuffer bytes = ByteBuffer.allocate((int) fragment.videoData().sizeBytes());
        fragment.videoData().views().forEach(bytes::put);
        bytes.flip();
        VideoCodec codec = fragment.configuration().video().codec();
        if (codec == VideoCodec.JPEG) {
            readCounters(bytes, fragment.video().sizesBytes());
            return;
        }
        int header = codec == VideoCodec.H264 ? 1 : 2;
        for (int size : fragment.video().sizesBytes()) {
            int end = bytes.position() + size;
            while (bytes.position() < end) {
                byte[] nalUnit = new byte[bytes.getInt()];
                bytes.get(nalUnit);
                readCounter(unescape(nalUnit), header);
            }
        }
    }

    /** At the end of each JPEG picture, with a byte 00 after each FF. */
    private void readCounters(ByteBuffer bytes, int[] sizes) {
        for (int size : sizes) {
            byte[] picture = new byte[size];
            bytes.get(picture);
            String text = new String(picture, StandardCharsets.ISO_8859_1);
            int mark = text.lastIndexOf(new String(MARK, StandardCharsets.US_ASCII));
            byte[] plain =
                    text.substring(mark)
                            .replace("\u00ff\u0000", "\u00ff")
                            .getBytes(StandardCharsets.ISO_8859_1);
            int nameLength = plain[MARK.length];
            counters.add(ByteBuffer.wrap(plain).getLong(MARK.length + 1 + nameLength));
        }
    }

    private void readCounter(ByteBuffer nal, int header) {
        int at = header + 2;
        if (nal.limit() < at + MARK.length + 1) {
            return;
        }
        for (int i = 0; i < MARK.length; i++) {
            if (nal.get(at + i) != MARK[i]) {
                return;
            }
        }
        int nameLength = nal.get(at + MARK.length);
        counters.add(nal.getLong(at + MARK.length + 1 + nameLength));
    }

    private static ByteBuffer unescape(byte[] nalUnit) {
        ByteBuffer plain = ByteBuffer.allocate(nalUnit.length);
        int zeros = 0;
        for (byte b : nalUnit) {
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            plain.put(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return plain.flip();
    }

    /**
     * Waits until it holds, at most 3 min: machines may be busy. Looks now and then though nothing
     * came, since it may depend on more than this.
     */
    synchronized void await(Predicate<Recorded> condition)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.test(this)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("after %s, frames %s".formatted(order, counters));
            }
            TimeUnit.MILLISECONDS.timedWait(this, 20);
        }
    }

    synchronized List<FragmentHeader> fragments() {
        return List.copyOf(fragments);
    }

    synchronized List<Interruption> interruptions() {
        return List.copyOf(interruptions);
    }

    /** Fragments and causes of interruptions, in the order they came. */
    synchronized List<String> order() {
        return List.copyOf(order);
    }

    /** Of the frames' marks, in decoding order. */
    synchronized List<Long> counters() {
        return List.copyOf(counters);
    }

    synchronized List<Take> takes() {
        return List.copyOf(takes);
    }

    /** Different ones, in order. */
    synchronized List<String> configurations() {
        return configurations.stream().distinct().toList();
    }

    synchronized int audioFrames() {
        return audioFrames;
    }
}

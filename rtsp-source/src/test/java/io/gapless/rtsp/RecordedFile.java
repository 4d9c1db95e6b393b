package io.gapless.rtsp;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Keeps what a recorder makes of a camera as a recording. */
final class RecordedFile implements CameraListener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<FragmentHeader> fragments = new ArrayList<>();

    @Override
    public synchronized void onEvent(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            add(fragment);
            fragment.release();
            notifyAll();
        }
    }

    private void add(Fragment fragment) {
        if (fragments.isEmpty()) {
            bytes.writeBytes(InitializationSegment.encode(List.of(fragment.configuration())));
        }
        fragments.add(fragment.header());
        MediaTime start = fragments.get(0).start();
        write(FragmentEncoder.header(fragment, start, fragments.size()));
        fragment.views().forEach(this::write);
    }

    private void write(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        bytes.writeBytes(copy);
    }

    synchronized int frames() {
        return fragments.stream().mapToInt(FragmentHeader::videoFrames).sum();
    }

    void awaitFrames(int count) throws Exception {
        await(file -> file.frames() >= count);
    }

    /** Waits until it holds, at most 3 min: machines may be busy. */
    synchronized void await(Predicate<RecordedFile> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("%d frames".formatted(frames()));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized List<FragmentHeader> fragments() {
        return List.copyOf(fragments);
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }
}

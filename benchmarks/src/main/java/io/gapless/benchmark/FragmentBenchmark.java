package io.gapless.benchmark;

import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.FragmentDigest;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done once for a fragment of 50 pictures ({@link #digest}, {@link #boxes}), and once for a
 * recording of an hour of them ({@link #index}). The median counts, which other work of the machine
 * does not move.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FragmentBenchmark {
    private static final int GOP = 50;
    private static final int FRAGMENTS_AN_HOUR = 3600 * Bitrate.PICTURES_PER_SECOND / GOP;

    @Param private Bitrate bitrate;

    private final FragmentDigest digest = new FragmentDigest();
    private Fragment fragment;
    private List<ByteBuffer> accessUnits;
    private List<StoredFragment> recording;

    @Setup
    public void setUp() {
        List<Fragment> fragments = new ArrayList<>();
        Receiving receiving = new Receiving(new MediaMemory(64L << 20), fragments::add);
        Picture key = new Picture(true, bitrate.pictureBytes());
        Picture other = new Picture(false, bitrate.pictureBytes());
        int sequence = 0;
        for (int i = 0; i <= GOP; i++) {
            Picture picture = i % GOP == 0 ? key : other;
            sequence = picture.stamp(sequence, i * 3600);
            receiving.receive(picture);
        }
        fragment = fragments.get(0);
        accessUnits = wholeAccessUnits();
        recording =
                Collections.nCopies(
                        FRAGMENTS_AN_HOUR,
                        new StoredFragment(fragment.header(), 0, fragment.sizeBytes()));
    }

    /** As read from an archive: whole access units, behind one another. */
    private List<ByteBuffer> wholeAccessUnits() {
        ByteBuffer all = ByteBuffer.allocateDirect((int) fragment.videoData().sizeBytes());
        fragment.videoData().views().forEach(all::put);
        return List.of(all.flip());
    }

    @TearDown
    public void release() {
        fragment.release();
    }

    @Benchmark
    public Digest digest() {
        digest.reset();
        accessUnits.forEach(unit -> digest.accessUnits(VideoCodec.H264, unit));
        return digest.value();
    }

    @Benchmark
    public ByteBuffer boxes() {
        return FragmentEncoder.header(fragment, fragment.header().start(), 1);
    }

    @Benchmark
    public ByteBuffer index() {
        return RecordingTrailer.encode(
                recording, List.of(), fragment.configuration(), new MediaTime(0));
    }
}

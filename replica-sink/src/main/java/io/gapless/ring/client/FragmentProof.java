package io.gapless.ring.client;

import io.gapless.media.ByteSource;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentDigest;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.fmp4.StoredFragmentReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Proves that bytes are the fragment that was listed. */
final class FragmentProof {
    private final RingFragment listed;
    private final Asked asked;

    FragmentProof(RingFragment listed, Asked asked) {
        this.listed = listed;
        this.asked = asked;
    }

    /** Bytes in memory as a file. */
    private record Memory(ByteBuffer bytes) implements ByteSource {
        @Override
        public long sizeBytes() {
            return bytes.limit();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            if (position + target.remaining() > bytes.limit()) {
                throw new EOFException("it ends at byte " + bytes.limit());
            }
            target.put(bytes.slice((int) position, target.remaining()));
        }
    }

    /**
     * @param boxes all before the first access unit, from position 0 to its limit
     */
    FragmentContents checkBoxes(ByteBuffer boxes) throws RingException {
        FragmentContents contents;
        try {
            contents =
                    StoredFragmentReader.read(
                            new Memory(boxes),
                            new StoredFragment(listed.header(), 0, listed.sizeBytes()));
        } catch (IOException e) {
            throw asked.lie(e.getMessage(), e);
        }
        if (!isListed(contents.header())) {
            throw asked.lie("it is listed with another header than it has");
        } else if (contents.configuration() != 0 || contents.videoDataOffset() != boxes.limit()) {
            throw asked.lie("its video is out of place");
        }
        checkAudio(contents);
        checkMetadata(contents);
        checkTimes(contents);
        return contents;
    }

    /** A ring that is older than the recorder does not tell that a fragment is closed. */
    private boolean isListed(FragmentHeader header) {
        return header.equals(listed.header()) || header.withClosed(false).equals(listed.header());
    }

    private void checkAudio(FragmentContents contents) throws RingException {
        boolean expected = listed.header().audioFrames() > 0;
        boolean playable = listed.configuration().audio().isPresent() || !expected;
        if (contents.audio().isPresent() != expected || !playable) {
            throw asked.lie("its sound is not described");
        }
        if (expected
                && Arrays.stream(contents.audio().orElseThrow().samples().durations())
                        .anyMatch(d -> d < 0)) {
            throw asked.lie("its sound runs backwards");
        }
    }

    private void checkMetadata(FragmentContents contents) throws RingException {
        if (contents.metadata().isPresent() && !listed.configuration().metadata()) {
            throw asked.lie("its metadata is not described");
        }
        int[] durations = contents.metadata().map(m -> m.samples().durations()).orElse(new int[0]);
        if (Arrays.stream(durations).anyMatch(d -> d < 0)) {
            throw asked.lie("its metadata runs backwards");
        }
    }

    private void checkTimes(FragmentContents contents) throws RingException {
        FragmentHeader header = contents.header();
        int[] durations = contents.video().durations();
        long sum = Arrays.stream(durations).asLongStream().sum();
        MediaTime[] times = contents.presentationTimes();
        boolean inside = Arrays.stream(times).allMatch(header.range()::contains);
        boolean begins = Arrays.asList(times).contains(header.start());
        if (sum != header.durationTicks90k()
                || !inside
                || !begins
                || Arrays.stream(durations).anyMatch(d -> d < 0)) {
            throw asked.lie("its frames are not presented when it says");
        } else if (contents.video().keyFrames()[0] != header.startsWithKeyFrame()) {
            throw asked.lie("its first frame is another than it says");
        }
    }

    /**
     * The access units are made of NAL units, if they have any, and these have the digest that was
     * listed.
     */
    void checkVideo(SampleTable samples, MediaBuffer video) throws RingException {
        FragmentDigest digest = new FragmentDigest();
        long at = 0;
        for (int size : samples.sizesBytes()) {
            addAccessUnit(digest, video, at, at + size);
            at += size;
        }
        if (!digest.value().equals(listed.header().digest())) {
            throw asked.lie(
                    "its video has digest %s, not %s"
                            .formatted(digest.value(), listed.header().digest()));
        }
    }

    private void addAccessUnit(FragmentDigest digest, MediaBuffer video, long from, long to)
            throws RingException {
        VideoCodec codec = listed.configuration().video().codec();
        if (!codec.hasNalUnits()) {
            digest.bytes(video, from, to - from);
            return;
        }
        long at = from;
        while (at < to) {
            long left = to - at - Integer.BYTES;
            int length = left < 1 ? 0 : video.getInt(at);
            if (length < 1 || length > left) {
                throw asked.lie("its NAL units do not fill its access units");
            }
            byte first = video.get(at + Integer.BYTES);
            if (NalUnits.isVcl(codec, first)) {
                digest.nalUnit(video, at + Integer.BYTES, length);
            }
            at += Integer.BYTES + length;
        }
    }
}

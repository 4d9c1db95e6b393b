package io.gapless.archive.read;

import com.google.errorprone.annotations.FormatMethod;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import io.gapless.media.codec.Obus;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.FragmentDigest;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.fmp4.StoredFragmentReader;
import io.gapless.media.fmp4.Tracks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares a fragment with what it and its recording's index say of it. One for each recording, one
 * thread.
 */
final class FragmentVerifier {
    /** The first thing wrong with a fragment; what follows it is seldom news. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final long offset;

        private Fault(long offset, String what) {
            super(what, null, false, false);
            this.offset = offset;
        }
    }

    private final String file;
    private final StreamConfiguration configuration;
    private final MediaTime recordingStart;
    private final FragmentDigest digest = new FragmentDigest();

    FragmentVerifier(String file, StreamConfiguration configuration, MediaTime recordingStart) {
        this.file = file;
        this.configuration = configuration;
        this.recordingStart = recordingStart;
    }

    /**
     * @param source holds at least the fragment
     */
    Optional<Problem> check(StoredFragment stored, MemorySource source) {
        try {
            BoxAt mdat = checkBoxes(stored, source);
            FragmentContents contents = StoredFragmentReader.read(source, stored);
            checkHeader(stored, contents);
            checkTables(contents, mdat);
            checkDecodingTime(contents.header(), source, stored);
            checkVideo(contents, source);
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(problem(stored, fault.offset, fault.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(problem(stored, stored.offset(), e.getMessage()));
        }
    }

    private Problem problem(StoredFragment stored, long offset, String what) {
        return new Problem(
                file,
                offset,
                "fragment %d of run %s: %s"
                        .formatted(stored.header().sequence(), stored.header().run(), what));
    }

    private static BoxAt checkBoxes(StoredFragment stored, MemorySource source)
            throws Fault, IOException {
        long at = stored.offset();
        for (String type : new String[] {"uuid", "prft", "moof", "mdat"}) {
            BoxAt box = boxAt(source, at);
            if (!box.type().equals(type) || box.end() > stored.endOffset()) {
                throw fault(
                        at,
                        "box '%s' of %d bytes stands where '%s' belongs",
                        box.type(),
                        box.sizeBytes(),
                        type);
            }
            if (type.equals("mdat") && box.end() == stored.endOffset()) {
                return box;
            }
            at = box.end();
        }
        throw fault(at, "its boxes end before its %d bytes do", stored.sizeBytes());
    }

    private static BoxAt boxAt(MemorySource source, long at) throws Fault, IOException {
        return BoxAt.read(source, at).orElseThrow(() -> fault(at, "no box begins here"));
    }

    private static void checkHeader(StoredFragment stored, FragmentContents contents) throws Fault {
        if (!contents.header().equals(stored.header())) {
            throw fault(
                    stored.offset(),
                    "it says %s of itself, the index says %s",
                    contents.header(),
                    stored.header());
        }
    }

    private static void checkTables(FragmentContents contents, BoxAt mdat) throws Fault {
        FragmentHeader header = contents.header();
        SampleTable video = contents.video();
        expect(mdat, "video frames", header.videoFrames(), video.size());
        expect(
                mdat,
                "audio frames",
                header.audioFrames(),
                contents.audio().map(a -> a.samples().size()).orElse(0));
        expect(
                mdat,
                "metadata documents",
                header.metadataFrames(),
                contents.metadata().map(m -> m.samples().size()).orElse(0));
        expect(mdat, "ticks of duration", header.durationTicks90k(), sum(video.durations()));
        expect(mdat, "as first byte of video", mdat.payload(), contents.videoDataOffset());
        long videoEnd = contents.videoDataOffset() + sum(video.sizesBytes());
        long audioStart =
                contents.audio().map(FragmentContents.SideTrack::dataOffset).orElse(videoEnd);
        expect(mdat, "as first byte of audio", videoEnd, audioStart);
        long audioEnd = audioStart + contents.audioDataBytes();
        long metadataStart =
                contents.metadata().map(FragmentContents.SideTrack::dataOffset).orElse(audioEnd);
        expect(mdat, "as first byte of metadata", audioEnd, metadataStart);
        long metadataBytes = contents.metadata().map(m -> sum(m.samples().sizesBytes())).orElse(0L);
        expect(mdat, "as end of the data", mdat.end(), metadataStart + metadataBytes);
        if (video.keyFrames()[0] != header.startsWithKeyFrame()) {
            throw fault(
                    mdat.offset(),
                    "its first frame is %s key frame",
                    video.keyFrames()[0] ? "a" : "no");
        }
        checkPresentation(contents, mdat);
    }

    private static void checkPresentation(FragmentContents contents, BoxAt mdat) throws Fault {
        MediaTime[] times = contents.presentationTimes();
        MediaTime first = Arrays.stream(times).min(MediaTime::compareTo).orElseThrow();
        MediaTime last = Arrays.stream(times).max(MediaTime::compareTo).orElseThrow();
        FragmentHeader header = contents.header();
        if (!first.equals(header.start()) || !last.isBefore(header.end())) {
            throw fault(
                    mdat.offset(),
                    "its frames are presented from %s to %s, which is not in %s",
                    first,
                    last,
                    header.range());
        }
    }

    private void checkDecodingTime(
            FragmentHeader header, MemorySource source, StoredFragment stored)
            throws Fault, IOException {
        long expected = header.start().ticksSince(recordingStart);
        OptionalLong actual =
                DecodingTime.of(source, stored, Tracks.of(configuration).videoTrack());
        if (actual.isEmpty() || actual.getAsLong() != expected) {
            throw fault(
                    stored.offset(),
                    "its decoding time is %s, %d would be right",
                    actual,
                    expected);
        }
    }

    private void checkVideo(FragmentContents contents, MemorySource source)
            throws Fault, IOException {
        long at = contents.videoDataOffset();
        digest.reset();
        for (int size : contents.video().sizesBytes()) {
            checkAccessUnit(at, source.slice(at, size));
            at += size;
        }
        Digest actual = digest.value();
        if (!actual.equals(contents.header().digest())) {
            throw fault(
                    contents.videoDataOffset(),
                    "the video in bytes %d to %d has digest %s, %s was written",
                    contents.videoDataOffset(),
                    at,
                    actual,
                    contents.header().digest());
        }
    }

    private void checkAccessUnit(long offset, ByteBuffer unit) throws Fault {
        VideoCodec codec = configuration.video().codec();
        if (!codec.hasNalUnits()) {
            checkPicture(offset, unit);
            return;
        }
        int at = 0;
        while (at < unit.limit()) {
            int left = unit.limit() - at - Integer.BYTES;
            int length = left < 0 ? -1 : unit.getInt(at);
            if (length < 1 || length > left) {
                throw fault(
                        offset + at,
                        "a NAL unit of %d bytes stands here, with %d left of its access unit",
                        Integer.toUnsignedLong(length),
                        left);
            }
            int first = unit.get(at + Integer.BYTES);
            if (NalUnits.isParameterSet(codec, first)) {
                throw fault(offset + at, "a parameter set stands among the video");
            }
            if (NalUnits.isVcl(codec, first)) {
                digest.nalUnit(unit.slice(at + Integer.BYTES, length));
            }
            at += Integer.BYTES + length;
        }
    }

    private void checkPicture(long offset, ByteBuffer picture) throws Fault {
        VideoCodec codec = configuration.video().codec();
        boolean whole =
                codec == VideoCodec.AV1 ? Obus.isTemporalUnit(picture) : isJpegFile(picture);
        if (!whole) {
            throw fault(
                    offset,
                    "what stands here is no whole %s picture: %d bytes",
                    codec,
                    picture.limit());
        }
        digest.accessUnits(codec, picture);
    }

    /** Start and end of image (ISO 10918-1, table B.1). */
    private static boolean isJpegFile(ByteBuffer picture) {
        return picture.limit() >= 4
                && picture.getShort(0) == (short) 0xFFD8
                && picture.getShort(picture.limit() - 2) == (short) 0xFFD9;
    }

    private static void expect(BoxAt mdat, String what, long expected, long actual) throws Fault {
        if (expected != actual) {
            throw fault(
                    mdat.offset(),
                    "its sample tables have %d %s, %d would be right",
                    actual,
                    what,
                    expected);
        }
    }

    private static long sum(int[] values) {
        return Arrays.stream(values).asLongStream().sum();
    }

    @FormatMethod
    private static Fault fault(long offset, String what, Object... details) {
        return new Fault(offset, what.formatted(details));
    }
}

package io.gapless.media;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fragment taken apart onto the heap by other means than those that made it. */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Recorded(
        FragmentHeader header,
        StreamConfiguration configuration,
        List<byte[]> accessUnits,
        List<Long> presentations,
        List<Boolean> keys,
        long durations,
        Optional<Fragment.SideTrack> audio,
        byte[] audioBytes,
        Optional<Fragment.SideTrack> metadata) {

    static Recorded of(Fragment fragment) {
        byte[] video = bytes(fragment.videoData());
        List<byte[]> accessUnits = new ArrayList<>();
        List<Long> presentations = new ArrayList<>();
        List<Boolean> keys = new ArrayList<>();
        SampleTable table = fragment.video();
        long decoding = 0;
        int at = 0;
        for (int i = 0; i < table.size(); i++) {
            byte[] unit = new byte[table.sizesBytes()[i]];
            System.arraycopy(video, at, unit, 0, unit.length);
            accessUnits.add(unit);
            at += unit.length;
            presentations.add(
                    fragment.header().start().ticks90k()
                            + decoding
                            + table.compositionOffsets()[i]);
            keys.add(table.keyFrames()[i]);
            decoding += table.durations()[i];
        }
        if (at != video.length) {
            throw new AssertionError("sizes sum to %d of %d".formatted(at, video.length));
        }
        return new Recorded(
                fragment.header(),
                fragment.configuration(),
                accessUnits,
                presentations,
                keys,
                decoding,
                fragment.audio(),
                fragment.audio().map(audio -> bytes(audio.data())).orElse(new byte[0]),
                fragment.metadata());
    }

    static byte[] bytes(MediaBuffer buffer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuffer view : buffer.views()) {
            byte[] part = new byte[view.remaining()];
            view.duplicate().get(part);
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Each NAL unit behind its length, as it should be stored. */
    static byte[] stored(RandomStream.AccessUnit unit, boolean vclOnly) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RandomStream.NalUnit nalUnit : unit.nalUnits()) {
            if (nalUnit.vcl() || !vclOnly) {
                bytes.writeBytes(ByteBuffer.allocate(4).putInt(nalUnit.bytes().length).array());
                bytes.writeBytes(nalUnit.bytes());
            }
        }
        return bytes.toByteArray();
    }

    static Digest digest(List<RandomStream.AccessUnit> units) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        units.forEach(unit -> bytes.writeBytes(stored(unit, true)));
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(bytes.toByteArray());
        return new Digest(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
}

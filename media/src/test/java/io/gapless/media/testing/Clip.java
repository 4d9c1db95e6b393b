package io.gapless.media.testing;

import io.gapless.media.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A video elementary stream that FFmpeg encoded, taken apart.
 *
 * @param decoderConfigurationRecord the {@code avcC}, {@code hvcC} or {@code av1C} payload as
 *     FFmpeg wrote it
 * @param parameterSets of AV1 the payload of the sequence header
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Clip(
        VideoCodec codec,
        int width,
        int height,
        byte[] decoderConfigurationRecord,
        List<ByteBuffer> parameterSets,
        List<Picture> pictures) {

    /**
     * One access unit, in decoding order.
     *
     * @param presentation90k presentation time; the earliest of the clip is 0
     * @param key whether FFmpeg takes it for a key frame
     * @param data NAL units, each behind its length in 4 bytes, no parameter sets; or OBUs
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Picture(long presentation90k, boolean key, byte[] data) {
        /** The NAL units without their lengths. */
        public List<ByteBuffer> nalUnits() {
            List<ByteBuffer> nalUnits = new ArrayList<>();
            ByteBuffer rest = ByteBuffer.wrap(data);
            while (rest.hasRemaining()) {
                int length = rest.getInt();
                nalUnits.add(rest.slice(rest.position(), length));
                rest.position(rest.position() + length);
            }
            return nalUnits;
        }
    }

    /** The parameter sets whose NAL unit type is {@code type}. */
    public List<ByteBuffer> parameterSets(int type) {
        return parameterSets.stream()
                .filter(p -> io.gapless.media.codec.NalUnits.type(codec, p.get(0)) == type)
                .toList();
    }

    /** The pictures from each key frame up to the next. */
    public List<List<Picture>> groupsOfPictures() {
        List<List<Picture>> groups = new ArrayList<>();
        for (Picture picture : pictures) {
            if (picture.key || groups.isEmpty()) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(picture);
        }
        return groups;
    }
}

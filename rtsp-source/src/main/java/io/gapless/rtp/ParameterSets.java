package io.gapless.rtp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.H264ParameterSets;
import io.gapless.media.codec.H265ParameterSets;
import io.gapless.media.codec.NalUnits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameter sets of a video track: those of the session description until others come in band.
 * Each set replaces the one of the same kind and id.
 */
public final class ParameterSets {
    private static final int LARGEST_BYTES = 16 * 1024;

    /** Of all sets together; those of real cameras have less than 1 KiB. */
    private static final int MOST_BYTES = 256 * 1024;

    private final VideoCodec codec;
    private final Map<Integer, Map<Integer, byte[]>> byTypeAndId = new HashMap<>();
    private final Set<Integer> announced = new HashSet<>();
    private final ByteBuffer collected = ByteBuffer.allocate(LARGEST_BYTES);
    private boolean overflown;
    private boolean changed;
    private int sizeBytes;

    public ParameterSets(VideoCodec codec) {
        this.codec = requireNonNull(codec, "codec is null");
    }

    /** Takes a set of the session description; what is none is ignored. */
    public void announce(byte[] nalUnit) {
        if (nalUnit.length > 3
                && nalUnit.length <= LARGEST_BYTES
                && NalUnits.isParameterSet(codec, nalUnit[0] & 0xFF)) {
            announced.add(type(nalUnit));
            put(nalUnit);
        }
    }

    void begin() {
        collected.clear();
        overflown = false;
    }

    void append(ByteBuffer piece) {
        if (piece.remaining() > collected.remaining()) {
            overflown = true;
            piece.position(piece.limit());
        } else {
            collected.put(piece);
        }
    }

    /** The set that was begun is whole. */
    void end() {
        if (!overflown && collected.position() > 3) {
            byte[] nalUnit = Arrays.copyOf(collected.array(), collected.position());
            forgetAnnounced(type(nalUnit));
            put(nalUnit);
        }
    }

    /** Sets in band win over those of the description, which may have other ids. */
    private void forgetAnnounced(int type) {
        if (announced.remove(type)) {
            Map<Integer, byte[]> replaced = byTypeAndId.remove(type);
            sizeBytes -= replaced.values().stream().mapToInt(set -> set.length).sum();
            changed = true;
        }
    }

    /** A set for which there is no room is ignored. */
    private void put(byte[] nalUnit) {
        Map<Integer, byte[]> sets =
                byTypeAndId.computeIfAbsent(type(nalUnit), t -> new LinkedHashMap<>());
        byte[] before = sets.get(id(nalUnit));
        int more = nalUnit.length - (before == null ? 0 : before.length);
        if (sizeBytes + more <= MOST_BYTES) {
            sets.put(id(nalUnit), nalUnit);
            sizeBytes += more;
            changed |= !Arrays.equals(before, nalUnit);
        }
    }

    /** Of all sets together, bounded. */
    int sizeBytes() {
        return sizeBytes;
    }

    private int type(byte[] nalUnit) {
        return NalUnits.type(codec, nalUnit[0] & 0xFF);
    }

    /** Only where it is easily found; of H.265 sequence parameter sets the last one counts. */
    private int id(byte[] nalUnit) {
        int type = type(nalUnit);
        return switch (codec) {
            case H264 ->
                    type == NalUnits.H264_PPS
                            ? exponentialGolomb(nalUnit, 1)
                            : type == NalUnits.H264_SPS ? exponentialGolomb(nalUnit, 4) : 0;
            case H265 ->
                    type == NalUnits.H265_PPS
                            ? exponentialGolomb(nalUnit, 2)
                            : type == NalUnits.H265_VPS ? nalUnit[2] >> 4 & 0xF : 0;
            case JPEG, AV1 -> 0;
        };
    }

    /** ue(v) at the start of a byte (ITU-T H.264 9.1); ids are below 256, so 17 bits hold it. */
    private static int exponentialGolomb(byte[] bytes, int at) {
        int bits = 0;
        for (int i = at; i < at + 4; i++) {
            bits = bits << 8 | (i < bytes.length ? bytes[i] & 0xFF : 0);
        }
        int zeros = Integer.numberOfLeadingZeros(bits);
        return zeros > 15 ? 0 : (bits >>> (31 - 2 * zeros)) - 1;
    }

    /** Whether {@link #configuration} may differ from what it said last. */
    boolean isChanged() {
        return changed;
    }

    /**
     * Empty if sets are missing.
     *
     * @throws IllegalArgumentException if the sets make no sense
     */
    public Optional<VideoConfiguration> configuration() {
        changed = false;
        return switch (codec) {
            case H264 -> h264(sets(NalUnits.H264_SPS), sets(NalUnits.H264_PPS));
            case H265 ->
                    h265(sets(NalUnits.H265_VPS), sets(NalUnits.H265_SPS), sets(NalUnits.H265_PPS));
            case JPEG, AV1 -> Optional.empty();
        };
    }

    private List<ByteBuffer> sets(int type) {
        return byTypeAndId.getOrDefault(type, Map.of()).values().stream()
                .map(ByteBuffer::wrap)
                .toList();
    }

    private static Optional<VideoConfiguration> h264(List<ByteBuffer> sps, List<ByteBuffer> pps) {
        return sps.isEmpty() || pps.isEmpty()
                ? Optional.empty()
                : Optional.of(H264ParameterSets.configuration(sps, pps));
    }

    private static Optional<VideoConfiguration> h265(
            List<ByteBuffer> vps, List<ByteBuffer> sps, List<ByteBuffer> pps) {
        return vps.isEmpty() || sps.isEmpty() || pps.isEmpty()
                ? Optional.empty()
                : Optional.of(H265ParameterSets.configuration(vps, sps, pps));
    }
}

package io.gapless.media.fmp4;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code ftyp} and {@code moov}, which stand once at the start of a recording (ISO 14496-12, 8.8).
 * They depend on nothing but the codec configuration.
 */
public final class InitializationSegment {
    private static final int SOUND = Box.type("soun");
    private static final int VIDEO = Box.type("vide");
    private static final int METADATA = Box.type("meta");
    private static final int MDHD_TIMESCALE = 12;
    private static final int HDLR_TYPE = 8;
    private static final int STSD_ENTRIES = 8;

    private InitializationSegment() {}

    /**
     * @param configurations one for a recording; several for an export across a change, whose
     *     fragments name theirs by its {@link Tracks}
     */
    public static byte[] encode(List<StreamConfiguration> configurations) {
        BoxWriter out = new BoxWriter(2048);
        out.begin(Box.FTYP).int32(Box.type("iso6")).int32(0);
        for (String brand : List.of("iso6", "iso5", "isom", "mp41")) {
            out.int32(Box.type(brand));
        }
        if (configurations.stream().anyMatch(c -> c.video().codec() == VideoCodec.AV1)) {
            out.int32(Box.type("av01")); // AV1 in ISO BMFF, 2.1: files with AV1 have this brand
        }
        out.end();
        MovieBox.write(out, configurations);
        ByteBuffer bytes = out.finish();
        byte[] segment = new byte[bytes.remaining()];
        bytes.get(segment);
        return segment;
    }

    /**
     * The configurations of a segment, in the order of their video sample entries. For one
     * configuration this is what {@link #encode} was given. Of several, each has its audio only if
     * all have audio, and metadata likewise, since a file does not say which of its sample entries
     * belong together.
     *
     * @param segment the boxes up to and including {@code moov}; its position is left alone
     * @throws IllegalArgumentException with a sentence if this is no such segment
     */
    public static List<StreamConfiguration> decode(ByteBuffer segment) {
        Box moov =
                Box.parseAll(segment).stream()
                        .filter(b -> b.type() == Box.MOOV)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no moov"));
        List<VideoConfiguration> videos = new ArrayList<>();
        List<AudioConfiguration> audios = new ArrayList<>();
        int metadata = 0;
        try {
            for (Box trak : moov.children(0)) {
                if (trak.type() == MovieBox.TRAK) {
                    metadata += track(trak, videos, audios);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a box of the moov is too short", e);
        }
        return paired(videos, audios, metadata);
    }

    /** Adds its sample entries to the lists; says how many are of metadata. */
    private static int track(
            Box trak, List<VideoConfiguration> videos, List<AudioConfiguration> audios) {
        int metadata = 0;
        Box mdia = trak.child("mdia");
        int handler = mdia.child("hdlr").payload().getInt(HDLR_TYPE);
        int timescale = mdia.child("mdhd").payload().getInt(MDHD_TIMESCALE);
        Box stsd = mdia.child("minf").child("stbl").child("stsd");
        for (Box entry : stsd.children(STSD_ENTRIES)) {
            if (handler == VIDEO) {
                videos.add(SampleEntries.video(entry));
            } else if (handler == SOUND) {
                audios.add(SampleEntries.audio(entry, timescale));
            } else if (handler == METADATA && SampleEntries.isMetadata(entry)) {
                metadata++;
            }
        }
        return metadata;
    }

    private static List<StreamConfiguration> paired(
            List<VideoConfiguration> videos, List<AudioConfiguration> audios, int metadata) {
        boolean allHaveAudio = audios.size() == videos.size();
        boolean allHaveMetadata = metadata == videos.size();
        List<StreamConfiguration> all = new ArrayList<>();
        for (int i = 0; i < videos.size(); i++) {
            Optional<AudioConfiguration> audio =
                    allHaveAudio ? Optional.of(audios.get(i)) : Optional.empty();
            all.add(new StreamConfiguration(videos.get(i), audio, allHaveMetadata));
        }
        return all;
    }
}

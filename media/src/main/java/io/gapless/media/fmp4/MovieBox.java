package io.gapless.media.fmp4;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes the {@code moov}: tracks without samples, whose samples are in fragments (ISO 14496-12,
 * 8.2 to 8.8). There are no edit lists, and no creation times, so that equal configurations give
 * equal bytes.
 */
final class MovieBox {
    static final int TRAK = Box.type("trak");

    /** sample_depends_on = 2: needs no other sample (ISO 14496-12, 8.8.3.1). */
    static final int SYNC_SAMPLE = 0x0200_0000;

    /** sample_depends_on = 1, sample_is_non_sync_sample. */
    static final int NON_SYNC_SAMPLE = 0x0101_0000;

    private static final String VIDEO = "vide";
    private static final String SOUND = "soun";
    private static final String METADATA = "meta";

    private static final int MOVIE_TIMESCALE = 1000;
    private static final int ENABLED_IN_MOVIE = 3;
    private static final int FIXED_ONE = 0x0001_0000;
    private static final int FULL_VOLUME = 0x0100;
    private static final int LANGUAGE_UND = 0x55C4;

    /**
     * A track.
     *
     * @param handler what it is of (ISO 14496-12, 8.4.3)
     * @param width of its picture, 0 as is the next if it has none
     * @param entries write its sample entries
     */
    private record Track(
            String handler,
            int timescale,
            int width,
            int height,
            List<Consumer<BoxWriter>> entries) {
        static Track of(VideoConfiguration video) {
            return new Track(
                    VIDEO,
                    MediaTime.TICKS_PER_SECOND,
                    video.width(),
                    video.height(),
                    new ArrayList<>());
        }

        static Track of(AudioConfiguration audio) {
            return new Track(SOUND, audio.sampleRateHz(), 0, 0, new ArrayList<>());
        }

        static Track ofMetadata() {
            return new Track(METADATA, MediaTime.TICKS_PER_SECOND, 0, 0, new ArrayList<>());
        }
    }

    private MovieBox() {}

    static void write(BoxWriter out, List<StreamConfiguration> configurations) {
        Map<Integer, Track> tracks = tracks(configurations);
        out.begin(Box.MOOV);
        out.begin("mvhd", 0, 0).zeros(8).int32(MOVIE_TIMESCALE).int32(0);
        out.int32(FIXED_ONE).int16(FULL_VOLUME).zeros(10);
        matrix(out);
        out.zeros(24).int32(tracks.size() + 1).end();
        tracks.forEach((number, track) -> track(out, number, track));
        out.begin("mvex");
        tracks.forEach((number, track) -> trackExtends(out, number, track));
        out.end().end();
    }

    private static Map<Integer, Track> tracks(List<StreamConfiguration> configurations) {
        Map<Integer, Track> tracks = new TreeMap<>();
        List<Tracks> numbers = Tracks.of(configurations);
        for (int i = 0; i < numbers.size(); i++) {
            StreamConfiguration configuration = configurations.get(i);
            VideoConfiguration video = configuration.video();
            tracks.computeIfAbsent(numbers.get(i).videoTrack(), n -> Track.of(video))
                    .entries
                    .add(out -> SampleEntries.write(out, video));
            int audioTrack = numbers.get(i).audioTrack();
            configuration
                    .audio()
                    .ifPresent(
                            audio ->
                                    tracks.computeIfAbsent(audioTrack, n -> Track.of(audio))
                                            .entries
                                            .add(out -> SampleEntries.write(out, audio)));
            if (configuration.metadata()) {
                tracks.computeIfAbsent(numbers.get(i).metadataTrack(), n -> Track.ofMetadata())
                        .entries
                        .add(SampleEntries::writeMetadata);
            }
        }
        return tracks;
    }

    private static void trackExtends(BoxWriter out, int number, Track track) {
        out.begin("trex", 0, 0).int32(number).int32(1).int32(0).int32(0);
        out.int32(track.handler.equals(VIDEO) ? NON_SYNC_SAMPLE : SYNC_SAMPLE).end();
    }

    private static void track(BoxWriter out, int number, Track track) {
        out.begin(TRAK);
        out.begin("tkhd", 0, ENABLED_IN_MOVIE).zeros(8).int32(number).zeros(8).zeros(8);
        out.int16(0).int16(0).int16(track.handler.equals(SOUND) ? FULL_VOLUME : 0).int16(0);
        matrix(out);
        out.int32(track.width << 16).int32(track.height << 16).end();
        out.begin("mdia");
        out.begin("mdhd", 0, 0).zeros(8).int32(track.timescale()).int32(0);
        out.int16(LANGUAGE_UND).int16(0).end();
        out.begin("hdlr", 0, 0).int32(0).int32(Box.type(track.handler));
        out.zeros(12).zeros(1).end();
        mediaInformation(out, track);
        out.end().end();
    }

    private static void mediaInformation(BoxWriter out, Track track) {
        out.begin("minf");
        switch (track.handler) {
            case VIDEO -> out.begin("vmhd", 0, 1).zeros(8).end();
            case SOUND -> out.begin("smhd", 0, 0).zeros(4).end();
            default -> out.begin("nmhd", 0, 0).end();
        }
        out.begin("dinf").begin("dref", 0, 0).int32(1);
        out.begin("url ", 0, 1).end().end().end();
        sampleTable(out, track);
        out.end();
    }

    private static void sampleTable(BoxWriter out, Track track) {
        out.begin("stbl");
        out.begin("stsd", 0, 0).int32(track.entries.size());
        track.entries.forEach(entry -> entry.accept(out));
        out.end();
        out.begin("stts", 0, 0).int32(0).end();
        out.begin("stsc", 0, 0).int32(0).end();
        out.begin("stsz", 0, 0).int32(0).int32(0).end();
        out.begin("stco", 0, 0).int32(0).end().end();
    }

    private static void matrix(BoxWriter out) {
        out.int32(FIXED_ONE).zeros(12).int32(FIXED_ONE).zeros(12).int32(0x4000_0000);
    }
}

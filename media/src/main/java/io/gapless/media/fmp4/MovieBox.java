package io.gapless.media.fmp4;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private static final int MOVIE_TIMESCALE = 1000;
    private static final int ENABLED_IN_MOVIE = 3;
    private static final int FIXED_ONE = 0x0001_0000;
    private static final int FULL_VOLUME = 0x0100;
    private static final int LANGUAGE_UND = 0x55C4;

    /** A track and what its sample entries are made of: all video or all audio. */
    private record Track(List<VideoConfiguration> videos, List<AudioConfiguration> audios) {
        Track() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        boolean isVideo() {
            return !videos.isEmpty();
        }

        int timescale() {
            return isVideo() ? MediaTime.TICKS_PER_SECOND : audios.get(0).sampleRateHz();
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
            int video = numbers.get(i).videoTrack();
            int audio = numbers.get(i).audioTrack();
            tracks.computeIfAbsent(video, n -> new Track()).videos.add(configuration.video());
            configuration
                    .audio()
                    .ifPresent(a -> tracks.computeIfAbsent(audio, n -> new Track()).audios.add(a));
        }
        return tracks;
    }

    private static void trackExtends(BoxWriter out, int number, Track track) {
        out.begin("trex", 0, 0).int32(number).int32(1).int32(0).int32(0);
        out.int32(track.isVideo() ? NON_SYNC_SAMPLE : SYNC_SAMPLE).end();
    }

    private static void track(BoxWriter out, int number, Track track) {
        out.begin(TRAK);
        out.begin("tkhd", 0, ENABLED_IN_MOVIE).zeros(8).int32(number).zeros(8).zeros(8);
        out.int16(0).int16(0).int16(track.isVideo() ? 0 : FULL_VOLUME).int16(0);
        matrix(out);
        out.int32(track.isVideo() ? track.videos.get(0).width() << 16 : 0);
        out.int32(track.isVideo() ? track.videos.get(0).height() << 16 : 0).end();
        out.begin("mdia");
        out.begin("mdhd", 0, 0).zeros(8).int32(track.timescale()).int32(0);
        out.int16(LANGUAGE_UND).int16(0).end();
        out.begin("hdlr", 0, 0).int32(0).int32(Box.type(track.isVideo() ? "vide" : "soun"));
        out.zeros(12).zeros(1).end();
        mediaInformation(out, track);
        out.end().end();
    }

    private static void mediaInformation(BoxWriter out, Track track) {
        out.begin("minf");
        if (track.isVideo()) {
            out.begin("vmhd", 0, 1).zeros(8).end();
        } else {
            out.begin("smhd", 0, 0).zeros(4).end();
        }
        out.begin("dinf").begin("dref", 0, 0).int32(1);
        out.begin("url ", 0, 1).end().end().end();
        sampleTable(out, track);
        out.end();
    }

    private static void sampleTable(BoxWriter out, Track track) {
        out.begin("stbl");
        out.begin("stsd", 0, 0).int32(track.videos.size() + track.audios.size());
        track.videos.forEach(v -> SampleEntries.write(out, v));
        track.audios.forEach(a -> SampleEntries.write(out, a));
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

package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One GOP, or a capped part of one, on its way from the camera to the archive: header, sample
 * tables and the access units as received, in memory off the heap.
 *
 * <p>A fragment has one owner at a time. The owner either hands it on or calls {@link #release},
 * once. Not safe for use by two threads at once.
 */
public final class Fragment implements CameraEvent {
    /**
     * Access units of another track than the video's; {@code start} is the presentation time of the
     * first.
     */
    public record SideTrack(MediaTime start, SampleTable samples, MediaBuffer data) {
        public SideTrack {
            requireNonNull(start, "start is null");
            requireNonNull(samples, "samples is null");
            requireNonNull(data, "data is null");
        }

        private SideTrack shiftedBy(long ticks90k) {
            return new SideTrack(start.plusTicks(ticks90k), samples, data);
        }
    }

    private final FragmentHeader header;
    private final StreamConfiguration configuration;
    private final SampleTable video;
    private final MediaBuffer videoData;
    private final Optional<SideTrack> audio;
    private final Optional<SideTrack> metadata;

    /**
     * @param videoData the video access units, each NAL unit preceded by its length in 4 bytes
     * @param audio absent if the fragment has no audio access units
     * @param metadata absent if it has no metadata; in ticks of 1/90000 s
     */
    public Fragment(
            FragmentHeader header,
            StreamConfiguration configuration,
            SampleTable video,
            MediaBuffer videoData,
            Optional<SideTrack> audio,
            Optional<SideTrack> metadata) {
        this.header = requireNonNull(header, "header is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.video = requireNonNull(video, "video is null");
        this.videoData = requireNonNull(videoData, "videoData is null");
        this.audio = requireNonNull(audio, "audio is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
    }

    /** A fragment without metadata. */
    public Fragment(
            FragmentHeader header,
            StreamConfiguration configuration,
            SampleTable video,
            MediaBuffer videoData,
            Optional<SideTrack> audio) {
        this(header, configuration, video, videoData, audio, Optional.empty());
    }

    @Override
    public CameraId camera() {
        return header.camera();
    }

    public FragmentHeader header() {
        return header;
    }

    public StreamConfiguration configuration() {
        return configuration;
    }

    public SampleTable video() {
        return video;
    }

    public MediaBuffer videoData() {
        return videoData;
    }

    public Optional<SideTrack> audio() {
        return audio;
    }

    public Optional<SideTrack> metadata() {
        return metadata;
    }

    /** All access units as they are to be stored: video, audio, metadata. */
    public List<ByteBuffer> views() {
        List<ByteBuffer> views = new ArrayList<>(videoData.views());
        audio.ifPresent(a -> views.addAll(a.data().views()));
        metadata.ifPresent(m -> views.addAll(m.data().views()));
        return views;
    }

    /** Bytes of access units, without boxes. */
    public long sizeBytes() {
        return videoData.sizeBytes() + sizeBytes(audio) + sizeBytes(metadata);
    }

    private static long sizeBytes(Optional<SideTrack> track) {
        return track.map(t -> t.data().sizeBytes()).orElse(0L);
    }

    /** The same video under another header; takes over ownership, so this object is spent. */
    public Fragment withHeader(FragmentHeader newHeader) {
        return new Fragment(newHeader, configuration, video, videoData, audio, metadata);
    }

    /** The same video at another time; takes over ownership, so this object is spent. */
    public Fragment shiftedBy(long ticks90k) {
        return new Fragment(
                header.withStart(header.start().plusTicks(ticks90k)),
                configuration,
                video,
                videoData,
                audio.map(a -> a.shiftedBy(ticks90k)),
                metadata.map(m -> m.shiftedBy(ticks90k)));
    }

    /** Gives the memory back. To be called once, by the last owner. */
    public void release() {
        videoData.release();
        audio.ifPresent(a -> a.data().release());
        metadata.ifPresent(m -> m.data().release());
    }

    @Override
    public String toString() {
        return "fragment %d of run %s of camera %s at %s"
                .formatted(header.sequence(), header.run(), header.camera(), header.start());
    }
}

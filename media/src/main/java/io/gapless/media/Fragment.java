package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One GOP, or a capped part of one, on its way from the camera to the archive: header, sample
 * tables and the access units as received, in memory off the heap.
 *
 * <p>A fragment has one owner at a time. The owner either hands it on or calls {@link #release},
 * once. Not safe for use by two threads at once.
 */
public final class Fragment implements CameraEvent {
    /** Audio access units of the fragment; {@code start} is the presentation time of the first. */
    public record Audio(MediaTime start, SampleTable samples, MediaBuffer data) {
        public Audio {
            requireNonNull(start, "start is null");
            requireNonNull(samples, "samples is null");
            requireNonNull(data, "data is null");
        }
    }

    private final FragmentHeader header;
    private final StreamConfiguration configuration;
    private final SampleTable video;
    private final MediaBuffer videoData;
    private final Optional<Audio> audio;

    /**
     * @param videoData the video access units, each NAL unit preceded by its length in 4 bytes
     * @param audio absent if the fragment has no audio access units
     */
    public Fragment(
            FragmentHeader header,
            StreamConfiguration configuration,
            SampleTable video,
            MediaBuffer videoData,
            Optional<Audio> audio) {
        this.header = requireNonNull(header, "header is null");
        this.configuration = requireNonNull(configuration, "configuration is null");
        this.video = requireNonNull(video, "video is null");
        this.videoData = requireNonNull(videoData, "videoData is null");
        this.audio = requireNonNull(audio, "audio is null");
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

    public Optional<Audio> audio() {
        return audio;
    }

    /** Bytes of access units, without boxes. */
    public long sizeBytes() {
        return videoData.sizeBytes() + audio.map(a -> a.data().sizeBytes()).orElse(0L);
    }

    /** The same video under another header; takes over ownership, so this object is spent. */
    public Fragment withHeader(FragmentHeader newHeader) {
        return new Fragment(newHeader, configuration, video, videoData, audio);
    }

    /** The same video at another time; takes over ownership, so this object is spent. */
    public Fragment shiftedBy(long ticks90k) {
        return new Fragment(
                header.withStart(header.start().plusTicks(ticks90k)),
                configuration,
                video,
                videoData,
                audio.map(a -> new Audio(a.start().plusTicks(ticks90k), a.samples(), a.data())));
    }

    /** Gives the memory back. To be called once, by the last owner. */
    public void release() {
        videoData.release();
        audio.ifPresent(a -> a.data().release());
    }

    @Override
    public String toString() {
        return "fragment %d of run %s of camera %s at %s"
                .formatted(header.sequence(), header.run(), header.camera(), header.start());
    }
}

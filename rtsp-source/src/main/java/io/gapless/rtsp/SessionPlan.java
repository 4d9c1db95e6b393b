package io.gapless.rtsp;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.gapless.media.VideoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tracks to record: the best video and the first sound that we can, and metadata if asked for.
 *
 * @param skippedMetadata the form of metadata that is there, if it is not recorded
 */
record SessionPlan(
        TrackPlan.Video video,
        Optional<TrackPlan.Audio> audio,
        Optional<TrackPlan.Metadata> metadata,
        Optional<String> skippedMetadata) {
    SessionPlan {
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
        requireNonNull(metadata, "metadata is null");
        requireNonNull(skippedMetadata, "skippedMetadata is null");
    }

    /**
     * @throws SessionFailure if there is no video that can be recorded
     */
    static SessionPlan of(SessionDescription description, boolean withAudio, boolean withMetadata) {
        // JPEG takes many times the room: it is for cameras that have nothing else.
        Optional<TrackPlan.Video> video =
                media(description, "video").stream()
                        .flatMap(m -> VideoFormats.plan(m).stream())
                        .min(comparing(v -> v.codec() == VideoCodec.JPEG));
        Optional<TrackPlan.Audio> audio =
                media(description, "audio").stream()
                        .flatMap(m -> AudioFormats.plan(m).stream())
                        .findFirst();
        Optional<TrackPlan.Metadata> metadata =
                MetadataFormats.plan(description).filter(m -> withMetadata);
        return new SessionPlan(
                video.orElseThrow(() -> noVideo(description)),
                audio.filter(a -> withAudio),
                metadata,
                MetadataFormats.offered(description).filter(form -> metadata.isEmpty()));
    }

    /** In the order in which they are set up. */
    List<TrackPlan> tracks() {
        List<TrackPlan> tracks = new ArrayList<>();
        tracks.add(video);
        audio.ifPresent(tracks::add);
        metadata.ifPresent(tracks::add);
        return tracks;
    }

    private static List<MediaDescription> media(SessionDescription description, String kind) {
        return description.media().stream().filter(m -> m.kind().equals(kind)).toList();
    }

    private static SessionFailure noVideo(SessionDescription description) {
        List<String> offered =
                description.media().stream()
                        .flatMap(m -> m.formats().stream().map(f -> m.kind() + " " + f.encoding()))
                        .toList();
        return new SessionFailure(
                GapCause.CAMERA_PROTOCOL,
                "offers no H.264, H.265, AV1 or JPEG video, but "
                        + (offered.isEmpty() ? "nothing" : String.join(", ", offered)));
    }
}

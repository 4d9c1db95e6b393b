package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtsp.Access;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a simulated camera is like.
 *
 * @param name the first part of its path, 1 to 64 characters of {@code A-Za-z0-9._-}
 * @param access user and password it asks for, if any
 * @param labelledFramesPerSecond the frame rate that the session description and the RTP time
 *     stamps pretend; the true one is {@link VideoFormat#framesPerSecond}
 * @param joinMidGop whether a session starts with the next frame, not with the next key frame
 * @param sessionTimeout a session ends when the client says nothing for so long; at least 1 s
 */
public record CameraSpec(
        String name,
        VideoFormat video,
        AudioFormat audio,
        TransportPolicy transport,
        Optional<Access> access,
        SenderReports senderReports,
        ParameterSets parameterSets,
        int labelledFramesPerSecond,
        boolean joinMidGop,
        Duration sessionTimeout) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    public CameraSpec {
        requireNonNull(name, "name is null");
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
        requireNonNull(transport, "transport is null");
        requireNonNull(access, "access is null");
        requireNonNull(senderReports, "senderReports is null");
        requireNonNull(parameterSets, "parameterSets is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' cannot name a camera".formatted(name));
        }
        if (labelledFramesPerSecond < 1 || sessionTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("labelled frame rate and time-out must be positive");
        }
    }

    /**
     * A camera with the {@link VideoFormat#DEFAULT default picture}, silent, honest, open to all.
     */
    public static CameraSpec named(String name) {
        return new CameraSpec(
                name,
                VideoFormat.DEFAULT,
                AudioFormat.NONE,
                TransportPolicy.ANY,
                Optional.empty(),
                SenderReports.TRUE,
                ParameterSets.BOTH,
                VideoFormat.DEFAULT.framesPerSecond(),
                false,
                Duration.ofSeconds(60));
    }

    /** With another picture, labelled as it is. */
    public CameraSpec withVideo(VideoFormat value) {
        return new CameraSpec(
                name,
                value,
                audio,
                transport,
                access,
                senderReports,
                parameterSets,
                value.framesPerSecond(),
                joinMidGop,
                sessionTimeout);
    }

    /** With a picture made from this one's, labelled as it is. */
    public CameraSpec withVideo(UnaryOperator<VideoFormat> change) {
        return withVideo(change.apply(video));
    }

    public CameraSpec withAudio(AudioFormat value) {
        return new CameraSpec(
                name,
                video,
                value,
                transport,
                access,
                senderReports,
                parameterSets,
                labelledFramesPerSecond,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withTransport(TransportPolicy value) {
        return new CameraSpec(
                name,
                video,
                audio,
                value,
                access,
                senderReports,
                parameterSets,
                labelledFramesPerSecond,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withAccess(Access value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                Optional.of(value),
                senderReports,
                parameterSets,
                labelledFramesPerSecond,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withSenderReports(SenderReports value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                value,
                parameterSets,
                labelledFramesPerSecond,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withParameterSets(ParameterSets value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                senderReports,
                value,
                labelledFramesPerSecond,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withLabelledFramesPerSecond(int value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                senderReports,
                parameterSets,
                value,
                joinMidGop,
                sessionTimeout);
    }

    public CameraSpec withJoinMidGop(boolean value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                senderReports,
                parameterSets,
                labelledFramesPerSecond,
                value,
                sessionTimeout);
    }

    public CameraSpec withSessionTimeout(Duration value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                senderReports,
                parameterSets,
                labelledFramesPerSecond,
                joinMidGop,
                value);
    }
}

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
 * @param time what it tells of the time of day
 * @param labelledFramesPerSecond the frame rate that the session description and the RTP time
 *     stamps pretend; the true one is {@link VideoFormat#framesPerSecond}
 * @param metadata whether it sends a metadata track, as ONVIF has it
 */
public record CameraSpec(
        String name,
        VideoFormat video,
        AudioFormat audio,
        TransportPolicy transport,
        Optional<Access> access,
        CameraTime time,
        ParameterSets parameterSets,
        int labelledFramesPerSecond,
        Sessions sessions,
        boolean metadata) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    public CameraSpec {
        requireNonNull(name, "name is null");
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
        requireNonNull(transport, "transport is null");
        requireNonNull(access, "access is null");
        requireNonNull(time, "time is null");
        requireNonNull(parameterSets, "parameterSets is null");
        requireNonNull(sessions, "sessions is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' cannot name a camera".formatted(name));
        }
        if (labelledFramesPerSecond < 1) {
            throw new IllegalArgumentException("the labelled frame rate must be positive");
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
                CameraTime.TRUE,
                ParameterSets.BOTH,
                VideoFormat.DEFAULT.framesPerSecond(),
                Sessions.DEFAULT,
                false);
    }

    /** With another picture, labelled as it is. */
    public CameraSpec withVideo(VideoFormat value) {
        return new CameraSpec(
                name,
                value,
                audio,
                transport,
                access,
                time,
                parameterSets,
                value.framesPerSecond(),
                sessions,
                metadata);
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
                time,
                parameterSets,
                labelledFramesPerSecond,
                sessions,
                metadata);
    }

    public CameraSpec withTransport(TransportPolicy value) {
        return new CameraSpec(
                name,
                video,
                audio,
                value,
                access,
                time,
                parameterSets,
                labelledFramesPerSecond,
                sessions,
                metadata);
    }

    public CameraSpec withAccess(Access value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                Optional.of(value),
                time,
                parameterSets,
                labelledFramesPerSecond,
                sessions,
                metadata);
    }

    public CameraSpec withTime(CameraTime value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                value,
                parameterSets,
                labelledFramesPerSecond,
                sessions,
                metadata);
    }

    public CameraSpec withSenderReports(SenderReports value) {
        return withTime(new CameraTime(value, time.offset(), time.stepPerSession()));
    }

    /** With a clock that is ahead by so much, or behind if negative. */
    public CameraSpec withClockOffset(Duration value) {
        return withTime(new CameraTime(time.senderReports(), value, time.stepPerSession()));
    }

    /** With a clock that is set ahead by so much each time a session begins. */
    public CameraSpec withClockStepPerSession(Duration value) {
        return withTime(new CameraTime(time.senderReports(), time.offset(), value));
    }

    public CameraSpec withParameterSets(ParameterSets value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                time,
                value,
                labelledFramesPerSecond,
                sessions,
                metadata);
    }

    public CameraSpec withLabelledFramesPerSecond(int value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                time,
                parameterSets,
                value,
                sessions,
                metadata);
    }

    public CameraSpec withSessions(Sessions value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                time,
                parameterSets,
                labelledFramesPerSecond,
                value,
                metadata);
    }

    public CameraSpec withMetadata(boolean value) {
        return new CameraSpec(
                name,
                video,
                audio,
                transport,
                access,
                time,
                parameterSets,
                labelledFramesPerSecond,
                sessions,
                value);
    }

    public CameraSpec withSessionStart(SessionStart value) {
        return withSessions(new Sessions(value, sessions.encoderPerSession(), sessions.timeout()));
    }

    /** Whether sessions start with the next frame, not with the next key frame. */
    public CameraSpec withJoinMidGop(boolean value) {
        return withSessionStart(value ? SessionStart.NEXT_FRAME : SessionStart.KEY_FRAME);
    }

    /** Whether each session gets an encoding of its own, see {@link Sessions}. */
    public CameraSpec withEncoderPerSession(boolean value) {
        return withSessions(new Sessions(sessions.start(), value, sessions.timeout()));
    }

    public CameraSpec withSessionTimeout(Duration value) {
        return withSessions(new Sessions(sessions.start(), sessions.encoderPerSession(), value));
    }
}

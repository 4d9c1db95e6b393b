package io.gapless.simulator;

import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.rtp.AudioPacketizer;
import io.gapless.simulator.rtp.MetadataPacketizer;
import io.gapless.simulator.rtp.VideoPacketizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Writes what a camera says of itself (RFC 8866; RFC 6184 section 8, RFC 7798 section 7). */
final class SessionDescription {
    static final String VIDEO_CONTROL = "trackID=1";
    static final String AUDIO_CONTROL = "trackID=2";
    static final String METADATA_CONTROL = "trackID=3";

    private final Viewing viewing;
    private final Camera camera;

    SessionDescription(Viewing viewing) {
        this.viewing = viewing;
        camera = viewing.camera();
    }

    String text() {
        return String.join("\r\n", session(), video()) + "\r\n" + audio() + metadata();
    }

    private String session() {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 0 0 IN IP4 127.0.0.1",
                "s=" + camera.spec().name(),
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "a=range:npt=now-");
    }

    private String video() {
        Segment segment = viewing.encoder().current();
        List<byte[]> sets = segment.clip().parameterSets();
        VideoCodec codec = camera.spec().video().codec();
        int format = VideoPacketizer.payloadType(codec);
        List<String> lines = new ArrayList<>();
        lines.add("m=video 0 RTP/AVP " + format);
        lines.add("a=rtpmap:%d %s/90000".formatted(format, codec));
        lines.add("a=framerate:" + segment.labelledFps());
        if (codec != VideoCodec.JPEG) {
            lines.add("a=fmtp:%d %s".formatted(format, videoParameters(sets)));
        }
        lines.add("a=control:" + VIDEO_CONTROL);
        return String.join("\r\n", lines);
    }

    private String videoParameters(List<byte[]> sets) {
        boolean told = camera.spec().parameterSets().inDescription();
        return switch (camera.spec().video().codec()) {
            case H264 ->
                    "packetization-mode=1;profile-level-id="
                            + HexFormat.of().formatHex(sets.get(0), 1, 4)
                            + (told ? ";sprop-parameter-sets=" + base64(sets) : "");
            case H265 -> told ? h265Parameters(sets) : "level-id=93";
            case JPEG -> "";
        };
    }

    private static String h265Parameters(List<byte[]> sets) {
        return "sprop-vps=%s;sprop-sps=%s;sprop-pps=%s"
                .formatted(
                        base64(sets.subList(0, 1)),
                        base64(sets.subList(1, 2)),
                        base64(sets.subList(2, sets.size())));
    }

    private static String base64(List<byte[]> sets) {
        Base64.Encoder encoder = Base64.getEncoder();
        return String.join(",", sets.stream().map(encoder::encodeToString).toList());
    }

    private String audio() {
        AudioFormat format = camera.spec().audio();
        int payloadType = AudioPacketizer.payloadType(format);
        String map = "a=rtpmap:%d %s/%d".formatted(payloadType, encoding(), format.sampleRate());
        String media = "m=audio 0 RTP/AVP " + payloadType;
        String control = "a=control:" + AUDIO_CONTROL;
        return switch (format) {
            case NONE -> "";
            case PCMU, PCMA, G726_16, G726_24, G726_32, G726_40, AAL2_G726_32 ->
                    String.join("\r\n", media, map, control, "");
            case AAC -> String.join("\r\n", media, map + "/1", aacParameters(), control, "");
        };
    }

    private String metadata() {
        int payloadType = MetadataPacketizer.PAYLOAD_TYPE;
        return camera.spec().metadata()
                ? String.join(
                        "\r\n",
                        "m=application 0 RTP/AVP " + payloadType,
                        "a=rtpmap:%d vnd.onvif.metadata/90000".formatted(payloadType),
                        "a=control:" + METADATA_CONTROL,
                        "")
                : "";
    }

    private String encoding() {
        AudioFormat format = camera.spec().audio();
        return format == AudioFormat.AAC ? "mpeg4-generic" : format.name().replace('_', '-');
    }

    private String aacParameters() {
        return "a=fmtp:%d streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=%s"
                .formatted(
                        AudioPacketizer.payloadType(AudioFormat.AAC),
                        camera.audio().configuration());
    }
}

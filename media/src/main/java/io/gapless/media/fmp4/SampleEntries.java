package io.gapless.media.fmp4;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sample entries: how the samples of a track are coded (ISO 14496-12, 8.5.2). */
final class SampleEntries {
    private static final int AVC1 = Box.type("avc1");
    private static final int HVC1 = Box.type("hvc1");
    private static final int AV01 = Box.type("av01");
    private static final int MP4V = Box.type("mp4v");
    private static final int MP4A = Box.type("mp4a");
    private static final int ALAW = Box.type("alaw");
    private static final int ULAW = Box.type("ulaw");
    private static final int OPUS = Box.type("Opus");
    private static final int METX = Box.type("metx");

    /** ISO 14496-12, 12.1.3 */
    private static final int VISUAL_BYTES = 78;

    /** ISO 14496-12, 12.2.3 */
    private static final int AUDIO_BYTES = 28;

    /** ONVIF Streaming Specification, 5.1.2.1: the root of metadata is its MetadataStream. */
    private static final String ONVIF_SCHEMA = "http://www.onvif.org/ver10/schema";

    private static final int DPI_72 = 72 << 16;
    private static final int DEPTH_24 = 24;

    private SampleEntries() {}

    static void write(BoxWriter out, VideoConfiguration video) {
        int type =
                switch (video.codec()) {
                    case H264 -> AVC1;
                    case H265 -> HVC1;
                    case JPEG -> MP4V;
                    case AV1 -> AV01;
                };
        out.begin(type).zeros(6).int16(1).zeros(16);
        out.int16(video.width()).int16(video.height());
        out.int32(DPI_72).int32(DPI_72).int32(0).int16(1);
        out.zeros(32).int16(DEPTH_24).int16(-1);
        switch (video.codec()) {
            case H264 -> out.begin("avcC").bytes(video.decoderConfigurationRecord()).end();
            case H265 -> out.begin("hvcC").bytes(video.decoderConfigurationRecord()).end();
            case JPEG -> Esds.writeJpeg(out);
            case AV1 -> out.begin("av1C").bytes(video.decoderConfigurationRecord()).end();
        }
        out.end();
    }

    static void write(BoxWriter out, AudioConfiguration audio) {
        int type =
                switch (audio.codec()) {
                    case AAC -> MP4A;
                    case PCMA -> ALAW;
                    case PCMU -> ULAW;
                    case OPUS -> OPUS;
                };
        out.begin(type).zeros(6).int16(1).zeros(8);
        out.int16(audio.channels()).int16(16).int32(0);
        // 16.16; a rate beyond it stands in the AudioSpecificConfig and the media header alone
        out.int32(audio.sampleRateHz() > 0xFFFF ? 0 : audio.sampleRateHz() << 16);
        switch (audio.codec()) {
            case AAC -> Esds.write(out, audio.audioSpecificConfig());
            case OPUS -> opusSpecific(out, audio);
            case PCMA, PCMU -> {}
        }
        out.end();
    }

    /**
     * Encapsulation of Opus in ISO Base Media File Format, 4.3.2: no pre-skip, because a recording
     * begins in the middle of the sound; no gain, one mono or stereo stream.
     */
    private static void opusSpecific(BoxWriter out, AudioConfiguration audio) {
        out.begin("dOps").int8(0).int8(audio.channels()).int16(0);
        out.int32(audio.sampleRateHz()).int16(0).int8(0).end();
    }

    /** XMLMetaDataSampleEntry (ISO 14496-12, 12.3.3): no content encoding, no schema location. */
    static void writeMetadata(BoxWriter out) {
        out.begin(METX).zeros(6).int16(1);
        out.zeros(1).bytes(ONVIF_SCHEMA.getBytes(StandardCharsets.US_ASCII)).zeros(1);
        out.zeros(1).end();
    }

    static boolean isMetadata(Box entry) {
        return entry.type() == METX;
    }

    /**
     * @throws IllegalArgumentException if {@code entry} is none of ours
     */
    static VideoConfiguration video(Box entry) {
        ByteBuffer fields = fields(entry, VISUAL_BYTES);
        VideoCodec codec = videoCodec(entry);
        return new VideoConfiguration(
                codec,
                Short.toUnsignedInt(fields.getShort(24)),
                Short.toUnsignedInt(fields.getShort(26)),
                decoderConfigurationRecord(entry, codec));
    }

    private static VideoCodec videoCodec(Box entry) {
        if (entry.type() == AVC1) {
            return VideoCodec.H264;
        } else if (entry.type() == HVC1) {
            return VideoCodec.H265;
        } else if (entry.type() == MP4V) {
            return VideoCodec.JPEG;
        } else if (entry.type() == AV01) {
            return VideoCodec.AV1;
        }
        throw new IllegalArgumentException("video sample entry " + entry.name());
    }

    private static byte[] decoderConfigurationRecord(Box entry, VideoCodec codec) {
        return switch (codec) {
            case H264 -> array(inside(entry, VISUAL_BYTES, Box.type("avcC")).payload());
            case H265 -> array(inside(entry, VISUAL_BYTES, Box.type("hvcC")).payload());
            case AV1 -> array(inside(entry, VISUAL_BYTES, Box.type("av1C")).payload());
            case JPEG -> {
                Esds.requireJpeg(inside(entry, VISUAL_BYTES, Box.type("esds")).payload());
                yield new byte[0];
            }
        };
    }

    /**
     * @throws IllegalArgumentException if {@code entry} is none of ours
     */
    static AudioConfiguration audio(Box entry, int timescale) {
        int channels = Short.toUnsignedInt(fields(entry, AUDIO_BYTES).getShort(16));
        AudioCodec codec = codec(entry);
        byte[] config =
                codec == AudioCodec.AAC
                        ? Esds.audioSpecificConfig(
                                inside(entry, AUDIO_BYTES, Box.type("esds")).payload())
                        : new byte[0];
        return new AudioConfiguration(codec, timescale, channels, config);
    }

    private static AudioCodec codec(Box entry) {
        if (entry.type() == MP4A) {
            return AudioCodec.AAC;
        } else if (entry.type() == ALAW) {
            return AudioCodec.PCMA;
        } else if (entry.type() == ULAW) {
            return AudioCodec.PCMU;
        } else if (entry.type() == OPUS) {
            return AudioCodec.OPUS;
        }
        throw new IllegalArgumentException("audio sample entry " + entry.name());
    }

    private static Box inside(Box entry, int fieldBytes, int type) {
        return entry.children(fieldBytes).stream()
                .filter(b -> b.type() == type)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "sample entry %s lacks its codec's configuration"
                                                .formatted(entry.name())));
    }

    private static ByteBuffer fields(Box entry, int bytes) {
        if (entry.payload().limit() < bytes) {
            throw new IllegalArgumentException(
                    "sample entry %s has %d bytes"
                            .formatted(entry.name(), entry.payload().limit()));
        }
        return entry.payload();
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.limit()];
        bytes.get(0, array);
        return array;
    }
}

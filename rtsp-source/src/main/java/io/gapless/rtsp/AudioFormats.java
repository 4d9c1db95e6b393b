package io.gapless.rtsp;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.rtp.AudioSink;
import io.gapless.rtp.aac.AacDepacketizer;
import io.gapless.rtp.aac.AacFormat;
import io.gapless.rtp.aac.LatmConfiguration;
import io.gapless.rtp.aac.LatmDepacketizer;
import io.gapless.rtp.g711.G711Depacketizer;
import io.gapless.rtp.g726.G726Depacketizer;
import io.gapless.rtp.g726.G726Rate;
import io.gapless.rtp.opus.OpusDepacketizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sound formats of session descriptions (RFC 3640 section 4.1, RFC 3551 sections 4.5.4 and 4.5.14,
 * RFC 6416 section 7.3, RFC 7587 section 7).
 */
final class AudioFormats {
    /** samplingFrequencyIndex of ISO 14496-3, 1.6.3.4. */
    private static final List<Integer> SAMPLING_RATES =
            List.of(
                    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025,
                    8000, 7350);

    private static final String AAL2 = "AAL2-";
    private static final int SAMPLES = 1024;
    private static final int OPUS_RATE = 48_000;
    private static final int OPUS_CHANNELS = 2;

    private AudioFormats() {}

    static Optional<TrackPlan.Audio> plan(MediaDescription media) {
        return media.formats().stream().flatMap(f -> plan(media, f).stream()).findFirst();
    }

    /** Rates, channels and lengths beyond those of any sound are no reason to lose the picture. */
    private static Optional<TrackPlan.Audio> plan(MediaDescription media, MediaFormat format) {
        try {
            return known(media, format);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<TrackPlan.Audio> known(MediaDescription media, MediaFormat format) {
        if (format.clockRateHz() == 0) {
            return Optional.empty();
        }
        return switch (format.encoding()) {
            case "PCMA" -> Optional.of(g711(media, format, AudioCodec.PCMA));
            case "PCMU" -> Optional.of(g711(media, format, AudioCodec.PCMU));
            case "MPEG4-GENERIC" -> aac(media, format);
            case "MP4A-LATM" -> latm(media, format);
            case "OPUS" -> Optional.of(opus(media, format));
            default -> g726(media, format);
        };
    }

    private static TrackPlan.Audio g711(
            MediaDescription media, MediaFormat format, AudioCodec codec) {
        AudioConfiguration configuration =
                new AudioConfiguration(codec, format.clockRateHz(), format.channels(), new byte[0]);
        return new TrackPlan.Audio(
                format,
                media,
                configuration,
                sink -> new G711Depacketizer(format.channels(), sink));
    }

    /** {@code G726-32}, or {@code AAL2-G726-32} with its codes packed the other way round. */
    private static Optional<TrackPlan.Audio> g726(MediaDescription media, MediaFormat format) {
        boolean aal2 = format.encoding().startsWith(AAL2);
        String name = aal2 ? format.encoding().substring(AAL2.length()) : format.encoding();
        Optional<G726Rate> rate =
                switch (name) {
                    case "G726-16" -> Optional.of(G726Rate.KBIT_16);
                    case "G726-24" -> Optional.of(G726Rate.KBIT_24);
                    case "G726-32" -> Optional.of(G726Rate.KBIT_32);
                    case "G726-40" -> Optional.of(G726Rate.KBIT_40);
                    default -> Optional.empty();
                };
        return rate.map(
                r ->
                        new TrackPlan.Audio(
                                format,
                                media,
                                new AudioConfiguration(
                                        AudioCodec.PCMU, format.clockRateHz(), 1, new byte[0]),
                                sink -> new G726Depacketizer(r, aal2, sink)));
    }

    /** In RTP its rate is 48000 and its channels are 2, whatever the camera writes. */
    private static TrackPlan.Audio opus(MediaDescription media, MediaFormat written) {
        return new TrackPlan.Audio(
                written.withMap("OPUS", OPUS_RATE, OPUS_CHANNELS),
                media,
                new AudioConfiguration(AudioCodec.OPUS, OPUS_RATE, OPUS_CHANNELS, new byte[0]),
                OpusDepacketizer::new);
    }

    /** Only with its configuration out of band: cameras were not seen to send it otherwise. */
    private static Optional<TrackPlan.Audio> latm(MediaDescription media, MediaFormat format) {
        boolean inBand = !format.parameter("cpresent").equals("0");
        return inBand
                ? Optional.empty()
                : LatmConfiguration.parse(format.parameter("config"))
                        .map(
                                config ->
                                        new TrackPlan.Audio(
                                                format,
                                                media,
                                                new AudioConfiguration(
                                                        AudioCodec.AAC,
                                                        format.clockRateHz(),
                                                        config.channels(),
                                                        config.audioSpecificConfig()),
                                                sink -> latm(config, format, sink)));
    }

    private static LatmDepacketizer latm(
            LatmConfiguration config, MediaFormat format, AudioSink sink) {
        int samples = samples(Optional.of(config.audioSpecificConfig()), format.clockRateHz());
        return new LatmDepacketizer(config.frames(), samples, sink);
    }

    private static Optional<TrackPlan.Audio> aac(MediaDescription media, MediaFormat format) {
        Optional<byte[]> config = audioSpecificConfig(format);
        AacFormat hbr = AacFormat.HIGH_BIT_RATE;
        AacFormat layout =
                new AacFormat(
                        number(format, "sizelength", hbr.sizeBits()),
                        // Left out, a length is 0; left out with the size too, it is hbr.
                        number(format, "indexlength", indexBits(format)),
                        number(format, "indexdeltalength", indexBits(format)),
                        samples(config, format.clockRateHz()));
        return config.map(
                c ->
                        new TrackPlan.Audio(
                                format,
                                media,
                                new AudioConfiguration(
                                        AudioCodec.AAC, format.clockRateHz(), format.channels(), c),
                                sink -> new AacDepacketizer(layout, sink)));
    }

    private static int indexBits(MediaFormat format) {
        return format.parameters().containsKey("sizelength")
                ? 0
                : AacFormat.HIGH_BIT_RATE.indexBits();
    }

    private static int number(MediaFormat format, String name, int otherwise) {
        return RtspNumbers.parse(format.parameter(name)).orElse(otherwise);
    }

    /** Of {@code config}; made for AAC-LC if there is none; empty if that is impossible. */
    private static Optional<byte[]> audioSpecificConfig(MediaFormat format) {
        String hex = format.parameter("config").replace("\"", "");
        if (hex.length() >= 4) {
            try {
                return Optional.of(HexFormat.of().parseHex(hex));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        int rateIndex = SAMPLING_RATES.indexOf(format.clockRateHz());
        if (rateIndex < 0) {
            return Optional.empty();
        }
        int bits = 2 << 11 | rateIndex << 7 | format.channels() << 3;
        return Optional.of(new byte[] {(byte) (bits >> 8), (byte) bits});
    }

    /**
     * Samples of an access unit at the RTP clock rate, which for HE-AAC is that of the decoded
     * sound and so twice that of the core.
     */
    private static int samples(Optional<byte[]> config, int clockRateHz) {
        OptionalInt core = config.map(AudioFormats::coreRate).orElse(OptionalInt.empty());
        boolean doubled = core.isPresent() && core.getAsInt() * 2 == clockRateHz;
        return doubled ? 2 * SAMPLES : SAMPLES;
    }

    private static OptionalInt coreRate(byte[] config) {
        byte[] start = Arrays.copyOf(config, 2);
        int index = ((start[0] & 7) << 1) | ((start[1] & 0xFF) >> 7);
        return index < SAMPLING_RATES.size()
                ? OptionalInt.of(SAMPLING_RATES.get(index))
                : OptionalInt.empty();
    }
}

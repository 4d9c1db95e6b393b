package io.gapless.media.testing;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.Av1Sequence;
import io.gapless.media.codec.H264ParameterSets;
import io.gapless.media.codec.H265ParameterSets;
import io.gapless.media.codec.NalUnits;
import io.gapless.media.fmp4.FragmentDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes one run's fragments of a clip, one for each group of pictures, without an assembler. */
public final class FragmentBuilder {
    private final CameraId camera;
    private final RunId run;
    private final MediaMemory memory;
    private final Clip clip;
    private final Optional<AudioClip> audio;
    private int documents;

    public FragmentBuilder(
            CameraId camera, RunId run, MediaMemory memory, Clip clip, Optional<AudioClip> audio) {
        this.camera = camera;
        this.run = run;
        this.memory = memory;
        this.clip = clip;
        this.audio = audio;
    }

    /** Each fragment has so many metadata documents, at even distances from its start on. */
    public FragmentBuilder withMetadata(int documentsPerFragment) {
        documents = documentsPerFragment;
        return this;
    }

    public static VideoConfiguration configuration(Clip clip) {
        return switch (clip.codec()) {
            case JPEG -> throw new IllegalArgumentException("clips are no JPEG files");
            case AV1 -> Av1Sequence.of(clip.parameterSets().get(0)).configuration();
            case H264 ->
                    H264ParameterSets.configuration(
                            clip.parameterSets(NalUnits.H264_SPS),
                            clip.parameterSets(NalUnits.H264_PPS));
            case H265 ->
                    H265ParameterSets.configuration(
                            clip.parameterSets(NalUnits.H265_VPS),
                            clip.parameterSets(NalUnits.H265_SPS),
                            clip.parameterSets(NalUnits.H265_PPS));
        };
    }

    /** The fragments of a run that starts at {@code start}; the caller owns them. */
    public List<Fragment> build(MediaTime start) {
        StreamConfiguration configuration =
                new StreamConfiguration(
                        configuration(clip), audio.map(AudioClip::configuration), documents > 0);
        long[] all = sortedTimes(clip.pictures());
        long frame = all.length > 1 ? all[1] - all[0] : 3600;
        List<List<Clip.Picture>> groups = clip.groupsOfPictures();
        List<Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            long end =
                    i + 1 < groups.size()
                            ? sortedTimes(groups.get(i + 1))[0]
                            : all[all.length - 1] + frame;
            fragments.add(fragment(configuration, groups.get(i), start, i, end));
        }
        return fragments;
    }

    private Fragment fragment(
            StreamConfiguration configuration,
            List<Clip.Picture> pictures,
            MediaTime runStart,
            long sequence,
            long end) {
        long[] times = sortedTimes(pictures);
        Optional<Fragment.SideTrack> sound = audio.flatMap(a -> audio(a, runStart, times[0], end));
        FragmentHeader header =
                new FragmentHeader(
                                camera,
                                run,
                                sequence,
                                runStart.plusTicks(times[0]),
                                end - times[0],
                                pictures.size(),
                                sound.map(s -> s.samples().size()).orElse(0),
                                digest(pictures),
                                pictures.get(0).key(),
                                false,
                                Optional.empty(),
                                Origin.PRIMARY)
                        .withMetadataFrames(documents);
        MediaBuffer data = memory.newBuffer();
        pictures.forEach(p -> append(data, p.data()));
        return new Fragment(
                header,
                configuration,
                samples(pictures, times, end),
                data,
                sound,
                metadata(header));
    }

    private Optional<Fragment.SideTrack> metadata(FragmentHeader header) {
        SampleTable table =
                new SampleTable(
                        new int[documents],
                        new int[documents],
                        new int[documents],
                        new boolean[documents]);
        MediaBuffer data = memory.newBuffer();
        for (int i = 0; i < documents; i++) {
            byte[] document =
                    "<document fragment='%d' number='%d'/>"
                            .formatted(header.sequence(), i)
                            .getBytes(StandardCharsets.US_ASCII);
            append(data, document);
            table.sizesBytes()[i] = document.length;
            table.durations()[i] = (int) (header.durationTicks90k() / documents);
            table.keyFrames()[i] = true;
        }
        return documents == 0
                ? Optional.empty()
                : Optional.of(new Fragment.SideTrack(header.start(), table, data));
    }

    private io.gapless.media.Digest digest(List<Clip.Picture> pictures) {
        FragmentDigest digest = new FragmentDigest();
        for (Clip.Picture picture : pictures) {
            if (!clip.codec().hasNalUnits()) {
                digest.accessUnits(clip.codec(), ByteBuffer.wrap(picture.data()));
                continue;
            }
            picture.nalUnits().stream()
                    .filter(n -> NalUnits.isVcl(clip.codec(), n.get(0)))
                    .forEach(digest::nalUnit);
        }
        return digest.value();
    }

    private static SampleTable samples(List<Clip.Picture> pictures, long[] times, long end) {
        int count = pictures.size();
        SampleTable table =
                new SampleTable(new int[count], new int[count], new int[count], new boolean[count]);
        for (int i = 0; i < count; i++) {
            Clip.Picture picture = pictures.get(i);
            table.sizesBytes()[i] = picture.data().length;
            table.durations()[i] = (int) ((i + 1 < count ? times[i + 1] : end) - times[i]);
            table.compositionOffsets()[i] = (int) (picture.presentation90k() - times[i]);
            table.keyFrames()[i] = picture.key();
        }
        return table;
    }

    /** The audio frames that start in [from, to) of the run, in ticks. */
    private Optional<Fragment.SideTrack> audio(
            AudioClip sound, MediaTime runStart, long from, long to) {
        int rate = sound.configuration().sampleRateHz();
        MediaBuffer data = memory.newBuffer();
        List<Integer> sizes = new ArrayList<>();
        long first = -1;
        for (int i = 0; i < sound.frames().size(); i++) {
            long ticks = (long) i * sound.frameSamples() * MediaTime.TICKS_PER_SECOND / rate;
            if (ticks >= from && ticks < to) {
                first = sizes.isEmpty() ? ticks : first;
                sizes.add(sound.frames().get(i).length);
                append(data, sound.frames().get(i));
            }
        }
        int[] durations = new int[sizes.size()];
        Arrays.fill(durations, sound.frameSamples());
        boolean[] keyFrames = new boolean[sizes.size()];
        Arrays.fill(keyFrames, true);
        SampleTable table =
                new SampleTable(
                        sizes.stream().mapToInt(Integer::intValue).toArray(),
                        durations,
                        new int[sizes.size()],
                        keyFrames);
        return sizes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fragment.SideTrack(runStart.plusTicks(first), table, data));
    }

    private static void append(MediaBuffer data, byte[] bytes) {
        if (!data.append(ByteBuffer.wrap(bytes))) {
            throw new IllegalStateException("the test's media memory is used up");
        }
    }

    private static long[] sortedTimes(List<Clip.Picture> pictures) {
        return pictures.stream().mapToLong(Clip.Picture::presentation90k).sorted().toArray();
    }
}

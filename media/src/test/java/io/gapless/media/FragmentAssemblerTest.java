package io.gapless.media;

import static io.gapless.media.codec.AccessUnitKind.KEY_CLOSED;
import static io.gapless.media.codec.AccessUnitKind.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.codec.AccessUnitKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stories of one run; frame n is presented at n times 3600 ticks. */
final class FragmentAssemblerTest {
    private static final long BASE = 158_746_824_000_000L;
    private static final int FRAME = 3600;
    private static final FragmentLimits LIMITS = new FragmentLimits(100, 1 << 20, 1000);
    private static final AudioConfiguration SOUND =
            new AudioConfiguration(AudioCodec.PCMA, 8000, 1, new byte[0]);

    /** 20 ms, half a frame. */
    private static final int SOUND_SAMPLES = 160;

    private final Recorder recorder = new Recorder(LIMITS, 1);

    private static StreamConfiguration configuration(int width, boolean sound) {
        return new StreamConfiguration(
                new VideoConfiguration(VideoCodec.H264, width, 360, new byte[] {1}),
                sound ? Optional.of(SOUND) : Optional.empty());
    }

    private static MediaTime time(double frame) {
        return new MediaTime(BASE + Math.round(frame * FRAME));
    }

    private void frame(double at, AccessUnitKind kind) {
        frame(at, kind, 10);
    }

    private void frame(double at, AccessUnitKind kind, int bytes) {
        begin(kind, bytes);
        recorder.assembler.endAccessUnit(time(at), kind);
    }

    private void begin(AccessUnitKind kind, int bytes) {
        byte[] slice = new byte[bytes];
        slice[0] = (byte) (kind == OTHER ? RandomStream.SLICE : RandomStream.IDR_SLICE);
        recorder.assembler.beginNalUnit();
        recorder.assembler.append(ByteBuffer.wrap(slice));
        recorder.assembler.endNalUnit(true);
    }

    /** A key frame and {@code others} after it, from frame {@code from} on. */
    private void group(int from, int others) {
        frame(from, KEY_CLOSED);
        for (int i = 1; i <= others; i++) {
            frame(from + i, OTHER);
        }
    }

    private void sound(double at) {
        byte[] bytes = new byte[SOUND_SAMPLES];
        Arrays.fill(bytes, (byte) Math.round(2 * at));
        recorder.assembler.audio(ByteBuffer.wrap(bytes), time(at), SOUND_SAMPLES);
    }

    private List<Recorded> end() {
        recorder.assembler.end();
        assertThat(recorder.memory.usedBytes()).isZero();
        return recorder.fragments;
    }

    private static List<Long> frames(Recorded fragment) {
        return fragment.presentations().stream().map(t -> (t - BASE) / FRAME).toList();
    }

    private static FragmentHeader header(List<Recorded> fragments, int index) {
        return fragments.get(index).header();
    }

    /** Found by fuzzing: the end of such a session was an exception. */
    @Test
    void picturesOfOneTimeOutOfOrderAreNoError() {
        recorder.assembler.configure(configuration(640, false));
        frame(0, KEY_CLOSED);
        for (int at : new int[] {0, 2, 1, 3}) {
            frame(at, OTHER);
        }
        assertThat(end()).isNotEmpty();
    }

    @Test
    void soundGoesToTheFragmentInWhoseTimeItStarts() {
        recorder.assembler.configure(configuration(640, true));
        frame(0, KEY_CLOSED);
        for (int i = 0; i < 8; i++) {
            sound(i / 2.0);
        }
        frame(1, OTHER);
        frame(2, KEY_CLOSED);
        frame(3, OTHER);
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Fragment.SideTrack audio = fragments.get(i).audio().orElseThrow();
            assertThat(audio.start()).isEqualTo(time(2 * i));
            assertThat(audio.samples().size()).isEqualTo(4);
            assertThat(header(fragments, i).audioFrames()).isEqualTo(4);
            assertThat(fragments.get(i).audioBytes()[0]).isEqualTo((byte) (4 * i));
        }
    }

    @Test
    void soundThatComesLateGoesToTheNextFragmentWithItsOwnTime() {
        recorder.assembler.configure(configuration(640, true));
        group(0, 1);
        sound(0);
        group(2, 1);
        sound(1.5);
        sound(2);
        List<Recorded> fragments = end();

        assertThat(fragments.get(0).audio().orElseThrow().samples().size()).isEqualTo(1);
        Fragment.SideTrack late = fragments.get(1).audio().orElseThrow();
        assertThat(late.start()).isEqualTo(time(1.5));
        assertThat(late.samples().durations()).containsExactly(SOUND_SAMPLES, SOUND_SAMPLES);
    }

    @Test
    void metadataGoesToTheFragmentInWhoseTimeItIsWithItsOwnTime() {
        recorder.assembler.configure(
                new StreamConfiguration(configuration(640, false).video(), Optional.empty(), true));
        document(-1); // before the first picture
        group(0, 1);
        document(0);
        document(0.25);
        document(0.75);
        group(2, 1);
        document(1.5); // late
        document(3);
        List<Recorded> fragments = end();

        assertThat(header(fragments, 0).metadataFrames()).isEqualTo(3);
        Fragment.SideTrack first = fragments.get(0).metadata().orElseThrow();
        assertThat(first.start()).isEqualTo(time(0));
        assertThat(first.samples().durations()).containsExactly(FRAME / 4, FRAME / 2, 1);
        assertThat(header(fragments, 1).metadataFrames()).isEqualTo(2);
        Fragment.SideTrack second = fragments.get(1).metadata().orElseThrow();
        assertThat(second.start()).isEqualTo(time(1.5));
        assertThat(second.samples().durations()).containsExactly((int) (1.5 * FRAME), 1);
    }

    private void document(double at) {
        recorder.assembler.metadata(ByteBuffer.wrap(new byte[30]), time(at));
    }

    @Test
    void metadataIsLeftOutOfAConfigurationWithoutIt() {
        recorder.assembler.configure(configuration(640, false));
        frame(0, KEY_CLOSED);
        document(0);
        frame(1, OTHER);
        assertThat(header(end(), 0).metadataFrames()).isZero();
    }

    @Test
    void aHoleInTheSoundKeepsWhatFollowsInStep() {
        recorder.assembler.configure(configuration(640, true));
        group(0, 5);
        sound(0);
        sound(2);
        Fragment.SideTrack audio = end().get(0).audio().orElseThrow();
        assertThat(audio.samples().durations()).containsExactly(640, SOUND_SAMPLES);
    }

    @Test
    void soundBeforeTheFirstKeyFrameIsNotKept() {
        recorder.assembler.configure(configuration(640, true));
        sound(0);
        frame(0.5, OTHER);
        sound(0.5);
        frame(2, KEY_CLOSED);
        sound(1); // due before the first picture, though it came after it
        sound(2);
        List<Recorded> fragments = end();
        assertThat(fragments.get(0).audio().orElseThrow().start()).isEqualTo(time(2));
        assertThat(header(fragments, 0).audioFrames()).isEqualTo(1);
    }

    @Test
    void aNewConfigurationBeginsWithItsKeyFrame() {
        group(0, 2);
        recorder.assembler.configure(configuration(1280, false));
        group(3, 1);
        recorder.assembler.configure(configuration(1280, false)); // again, which changes nothing
        frame(5, OTHER);
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(2);
        assertThat(fragments.get(0).configuration()).isEqualTo(Recorder.H264);
        assertThat(fragments.get(1).configuration()).isEqualTo(configuration(1280, false));
        assertThat(frames(fragments.get(1))).containsExactly(3L, 4L, 5L);
        assertThat(header(fragments, 1).gapBefore()).isEmpty();
        assertThat(header(fragments, 1).start()).isEqualTo(header(fragments, 0).end());
    }

    @Test
    void aNewConfigurationWithoutAKeyFrameIsAGapUpToOne() {
        group(0, 2);
        recorder.assembler.configure(configuration(1280, false));
        frame(3, OTHER);
        frame(4, OTHER);
        group(5, 1);
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(2);
        assertThat(header(fragments, 0).end()).isEqualTo(time(3));
        assertThat(header(fragments, 1).start()).isEqualTo(time(5));
        assertThat(header(fragments, 1).gapBefore()).contains(GapCause.CAMERA_PROTOCOL);
    }

    @Test
    void whatIsNotYetHandedOnMovesToTheNewClock() {
        recorder.assembler.configure(configuration(640, true));
        group(0, 1);
        sound(1);
        recorder.assembler.rebase(1_000_000);
        recorder.assembler.endAccessUnit(time(9), OTHER); // without a picture, so nothing
        begin(OTHER, 10);
        recorder.assembler.endAccessUnit(time(2).plusTicks(1_000_000), OTHER);
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(1);
        assertThat(header(fragments, 0).start()).isEqualTo(time(0).plusTicks(1_000_000));
        assertThat(header(fragments, 0).end()).isEqualTo(time(3).plusTicks(1_000_000));
        assertThat(fragments.get(0).audio().orElseThrow().start())
                .isEqualTo(time(1).plusTicks(1_000_000));
    }

    @Test
    void whatTheNextGroupEndsIsClosedAndWhatTheSessionOrALossEndsIsNot() {
        group(0, 1);
        group(2, 3);
        recorder.assembler.breakBefore(GapCause.PACKET_LOSS);
        group(8, 1);
        group(10, 1);

        assertThat(end())
                .extracting(fragment -> fragment.header().closed())
                .containsExactly(true, false, true, false);
    }

    @Test
    void aRebaseBehindAFragmentHandedOnIsDeclared() {
        group(0, 1);
        group(2, 1);
        recorder.assembler.rebase(900_000);
        List<Recorded> fragments = end();
        assertThat(header(fragments, 1).start()).isEqualTo(time(2).plusTicks(900_000));
        assertThat(header(fragments, 1).gapBefore()).contains(GapCause.CAMERA_CLOCK);
    }

    @Test
    void aClockThatJumpsIsDeclaredAndDamagesNothing() {
        double hours = 2 * 3600 * 25.0;
        group(0, 2);
        frame(hours, OTHER);
        frame(hours + 1, OTHER);
        frame(3, OTHER); // back again, into time that is past
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(3);
        assertThat(fragments).noneMatch(fragment -> fragment.header().damaged());
        assertThat(header(fragments, 1).gapBefore()).contains(GapCause.CAMERA_CLOCK);
        assertThat(header(fragments, 1).start()).isEqualTo(time(hours));
        assertThat(header(fragments, 2).gapBefore()).contains(GapCause.CAMERA_CLOCK);
        // what was handed on stays: time within a run never goes back
        assertThat(header(fragments, 2).start()).isEqualTo(header(fragments, 1).end());
    }

    @Test
    void anAccessUnitWithoutEndIsGivenUpAndDeclaredUpToTheNextKeyFrame() {
        group(0, 1);
        frame(2, OTHER, 1001);
        frame(3, OTHER);
        group(4, 1);
        List<Recorded> fragments = end();

        assertThat(fragments).hasSize(2);
        assertThat(frames(fragments.get(0))).containsExactly(0L, 1L);
        assertThat(header(fragments, 0).damaged()).isTrue();
        assertThat(header(fragments, 1).gapBefore()).contains(GapCause.CAMERA_PROTOCOL);
        assertThat(frames(fragments.get(1))).containsExactly(4L, 5L);
    }

    @Test
    void theEndOfTheLastFrameIsWhereAGapBegins() {
        FragmentAssembler assembler = recorder.assembler;
        assertThat(assembler.endOfLastFrame()).isEmpty();
        frame(0, OTHER);
        assertThat(assembler.endOfLastFrame()).isEmpty();
        group(1, 2);
        assertThat(assembler.endOfLastFrame()).contains(time(4));
        group(4, 0);
        assertThat(assembler.endOfLastFrame()).contains(time(5));
        assembler.end();
        assertThat(assembler.endOfLastFrame()).contains(time(5));
        assertThat(recorder.fragments.get(1).header().end()).isEqualTo(time(5));
    }

    /** I0 P4 B2 B1 B3, as encoders send them. */
    private void reordered(int from, AccessUnitKind first, int... lost) {
        int[] order = first == OTHER ? new int[] {4, 2, 1, 3} : new int[] {0, 4, 2, 1, 3};
        for (int at : order) {
            if (Arrays.stream(lost).anyMatch(l -> l == at)) {
                begin(OTHER, 10);
                recorder.assembler.discardAccessUnit(GapCause.PACKET_LOSS);
            } else {
                frame(from + at, at == 0 ? first : OTHER);
            }
        }
    }

    @Test
    void aLostPictureThatWasDueBetweenReceivedOnesIsInsideNoFragment() {
        reordered(0, KEY_CLOSED);
        reordered(5, KEY_CLOSED, 3);
        reordered(9, OTHER);
        List<Recorded> fragments = end();

        assertThat(fragments.stream().map(FragmentAssemblerTest::frames))
                .containsExactly(
                        List.of(0L, 4L, 2L, 1L, 3L),
                        List.of(5L),
                        List.of(9L),
                        List.of(13L, 11L, 10L, 12L));
        assertThat(header(fragments, 1).end()).isEqualTo(time(6));
        assertThat(header(fragments, 2).gapBefore()).contains(GapCause.PACKET_LOSS);
        assertThat(header(fragments, 3).start()).isEqualTo(time(10));
    }

    @Test
    void aLostPictureThatOthersArePredictedFromIsDeclaredWhereItWasDue() {
        reordered(0, KEY_CLOSED);
        reordered(5, KEY_CLOSED, 4);
        reordered(9, OTHER);
        List<Recorded> fragments = end();

        Recorded after = fragments.get(fragments.size() - 1);
        assertThat(frames(after)).containsExactly(13L, 11L, 10L, 12L);
        assertThat(after.header().gapBefore()).contains(GapCause.PACKET_LOSS);
        assertThat(header(fragments, fragments.size() - 2).end()).isEqualTo(time(9));
    }

    @Test
    void aRunThatEndsInTheMidstOfReorderedPicturesEndsBeforeThem() {
        reordered(0, KEY_CLOSED);
        frame(5, KEY_CLOSED);
        frame(9, OTHER);
        frame(7, OTHER);
        List<Recorded> fragments = end();

        assertThat(frames(fragments.get(1))).containsExactly(5L);
        assertThat(recorder.assembler.endOfLastFrame()).contains(time(6));
    }

    @Test
    void whatFollowsTheEndIsIgnored() {
        group(0, 1);
        end();
        group(2, 1);
        recorder.assembler.breakBefore(GapCause.PACKET_LOSS);
        recorder.assembler.rebase(5);
        recorder.assembler.end();
        assertThat(recorder.fragments).hasSize(1);
        assertThat(recorder.fragments.get(0).header().run()).isEqualTo(new RunId(new UUID(1, 1)));
        assertThat(recorder.memory.usedBytes()).isZero();
    }
}

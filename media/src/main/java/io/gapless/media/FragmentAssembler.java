package io.gapless.media;

import io.gapless.media.codec.AccessUnitKind;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes fragments of the NAL units and audio access units of one run. Bytes are copied once, into
 * {@link MediaMemory}; fragments are cut from there without copying.
 *
 * <p>One thread: the event loop of the session. Nothing here waits or throws for what a camera
 * sends: what cannot be recorded becomes a declared gap.
 */
public final class FragmentAssembler {
    /**
     * @param gapBefore why frames may be missing before the run, if the caller knows
     * @param out takes over each fragment, in order, on the thread that calls this object
     */
    @SuppressWarnings("UnusedVariable")
    public FragmentAssembler(
            CameraId camera,
            RunId run,
            Origin origin,
            MediaMemory memory,
            FragmentLimits limits,
            Optional<GapCause> gapBefore,
            Consumer<Fragment> out) {}

    /**
     * Takes effect with the access unit that ends next, which should be a key frame; if it is none,
     * access units are dropped until one comes. The same configuration again changes nothing.
     */
    public void configure(StreamConfiguration configuration) {}

    /** Begins a NAL unit of the access unit under construction, but not of parameter sets. */
    public void beginNalUnit() {}

    /** Appends what remains of {@code bytes} to the NAL unit, its header first. */
    public void append(ByteBuffer bytes) {}

    /**
     * @param vcl whether the NAL unit carries a piece of a picture and so enters the digest
     */
    public void endNalUnit(boolean vcl) {}

    /**
     * @param presentation never far from that of its neighbours; earlier only where pictures are
     *     reordered
     */
    public void endAccessUnit(MediaTime presentation, AccessUnitKind kind) {}

    /** Something of the access unit under construction is lost: it is dropped, the fragment cut. */
    public void discardAccessUnit(GapCause cause) {}

    /** Something may be lost before the next access unit: the fragment is cut there. */
    public void breakBefore(GapCause cause) {}

    /** An audio access unit of {@code durationSamples} sample periods; the bytes are copied. */
    public void audio(ByteBuffer accessUnit, MediaTime start, int durationSamples) {}

    /** Shifts everything not yet emitted; the times that follow are on the new base. */
    public void rebase(long ticks90k) {}

    /** Emits what is unfinished and gives back the rest. Whatever follows is ignored. */
    public void end() {}

    public boolean hasEmitted() {
        return false;
    }

    /** The end of the last frame received: where a gap would begin. Empty before the first. */
    public Optional<MediaTime> endOfLastFrame() {
        return Optional.empty();
    }
}

package io.gapless.media;

import static java.util.Objects.requireNonNull;

import io.gapless.media.codec.AccessUnitKind;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes fragments of the NAL units and audio access units of one run. Bytes are copied once, into
 * {@link MediaMemory}; fragments are cut from there without copying.
 *
 * <p>Where it cuts:
 *
 * <ul>
 *   <li>before a key frame. The fragment before is emitted at once if nothing can be presented
 *       before the key frame, else with the first access unit presented after it;
 *   <li>in a fragment at its {@link FragmentLimits}, before an access unit presented after all
 *       earlier ones, if none that follows is presented before them. So the stream alone decides,
 *       and two recorders cut alike from the first key frame that both received;
 *   <li>where something is lost or may be. Both sides are then {@code damaged}, up to the next key
 *       frame, and what follows names the cause. If pictures are reordered the cut moves back in
 *       decoding order to where the two sides do not interleave, and damaged fragments are also cut
 *       where a picture is missing among those presented, see {@link LossSplit}.
 * </ul>
 *
 * <p>A fragment ends exactly where the next begins. Only before a cause, and at the end of the run,
 * its last frame lasts as long as usual: the median of the fragment, or of the one before.
 *
 * <p>Access units before the first key frame are dropped in silence: no decoder could show them. If
 * memory runs out, everything up to the next key frame is dropped and declared. Audio goes to the
 * fragment in whose time it starts, or, if that was emitted already, to the next; video never waits
 * for it. So does metadata.
 *
 * <p>One thread: the event loop of the session. Nothing here waits or throws for what a camera
 * sends: what cannot be recorded becomes a declared gap.
 */
public final class FragmentAssembler {
    /** No codec reorders pictures, and no sane clock corrects itself, by more. */
    private static final long BACKWARD_TICKS90K = 10L * MediaTime.TICKS_PER_SECOND;

    /** So that durations fit their 32 bits. */
    private static final long FORWARD_TICKS90K = 3600L * MediaTime.TICKS_PER_SECOND;

    private static final long AHEAD_TICKS90K = 60L * MediaTime.TICKS_PER_SECOND;

    private static final int MOST_HELD_BACK = 64;

    private final FragmentLimits limits;
    private final MediaBuffer data;
    private final AccessUnitWriter accessUnit;
    private final DraftQueue drafts = new DraftQueue();
    private final SideQueue audio;
    private final SideQueue metadata;
    private final FragmentEmitter emitter;

    private Optional<StreamConfiguration> configuration = Optional.empty();
    private Optional<StreamConfiguration> nextConfiguration = Optional.empty();

    /** Why the next access unit begins a fragment, if it does for another reason than itself. */
    private Optional<GapCause> brokenBy;

    /** Why the group of pictures lacks access units, if it does. */
    private Optional<GapCause> gopLoss = Optional.empty();

    /** Whether a picture was ever presented before one that came earlier. */
    private boolean reorders;

    private boolean awaitingKeyFrame = true;
    private boolean skippingAccessUnit;
    private boolean heldBack;
    private boolean ended;

    /** The latest presentation time of all frames of the run. */
    private long lastShown;

    /**
     * @param gapBefore why frames may be missing before the run, if the caller knows
     * @param out takes over each fragment, in order, on the thread that calls this object
     */
    public FragmentAssembler(
            CameraId camera,
            RunId run,
            Origin origin,
            MediaMemory memory,
            FragmentLimits limits,
            Optional<GapCause> gapBefore,
            Consumer<Fragment> out) {
        this.limits = requireNonNull(limits, "limits is null");
        this.brokenBy = requireNonNull(gapBefore, "gapBefore is null");
        this.data = memory.newBuffer();
        this.accessUnit = new AccessUnitWriter(data, limits.accessUnitBytes());
        this.audio = SideQueue.ofSound(memory);
        this.metadata = SideQueue.ofMetadata(memory);
        this.emitter = new FragmentEmitter(camera, run, origin, data, audio, metadata, out);
    }

    /**
     * Takes effect with the access unit that ends next, which should be a key frame; if it is none,
     * access units are dropped, and declared, until one comes. The configuration in effect given
     * again changes nothing.
     */
    public void configure(StreamConfiguration newConfiguration) {
        nextConfiguration =
                Optional.of(newConfiguration).filter(c -> !configuration.equals(Optional.of(c)));
    }

    /** Begins a NAL unit of the access unit under construction; not for parameter sets. */
    public void beginNalUnit() {
        if (!ended && !skippingAccessUnit) {
            accessUnit.beginNalUnit().ifPresent(this::skipAccessUnit);
        }
    }

    /**
     * Begins an access unit that is one picture without NAL units, {@link #endNalUnit ends} too.
     */
    public void beginPicture() {
        if (!ended && !skippingAccessUnit) {
            accessUnit.beginPicture();
        }
    }

    /**
     * Begins an OBU of a temporal unit, of which {@link #append} gets what follows the header and
     * {@link #endNalUnit} is the end.
     *
     * @param header 1 or 2 bytes, which say that a size follows; it is put in here
     */
    public void beginObu(ByteBuffer header) {
        if (!ended && !skippingAccessUnit) {
            accessUnit.beginObu(header).ifPresent(this::skipAccessUnit);
        }
    }

    /** Appends what remains of {@code bytes} to the NAL unit, its header first. */
    public void append(ByteBuffer bytes) {
        if (!ended && !skippingAccessUnit) {
            Optional<GapCause> refused = accessUnit.append(bytes);
            if (refused.isPresent()) { // no lambda: this runs for every packet
                skipAccessUnit(refused.get());
            }
        }
    }

    /**
     * @param vcl whether the NAL unit carries a piece of a picture and so enters the digest
     */
    public void endNalUnit(boolean vcl) {
        if (!ended && !skippingAccessUnit) {
            accessUnit.endNalUnit(vcl);
        }
    }

    /** Frees what can be freed at once, since memory may be short. */
    private void skipAccessUnit(GapCause cause) {
        accessUnit.discard();
        interrupt(cause);
        emitAll();
        awaitingKeyFrame = true;
        skippingAccessUnit = true;
    }

    /**
     * @param presentation never far from that of its neighbours; earlier only where pictures are
     *     reordered
     */
    public void endAccessUnit(MediaTime presentation, AccessUnitKind kind) {
        boolean key = kind != AccessUnitKind.OTHER;
        if (!ended && !skippingAccessUnit && accessUnit.hasPicture() && accept(key)) {
            declareJump(presentation.ticks90k());
            add(presentation.ticks90k(), kind);
        } else if (!ended) {
            accessUnit.discard();
        }
        skippingAccessUnit = false;
    }

    private boolean accept(boolean key) {
        if (!key && nextConfiguration.isPresent()) {
            interrupt(GapCause.CAMERA_PROTOCOL);
            awaitingKeyFrame = true;
        }
        if (!key && awaitingKeyFrame) {
            return false;
        }
        nextConfiguration.ifPresent(this::change);
        return configuration.isPresent();
    }

    private void change(StreamConfiguration to) {
        if (configuration.isPresent() && !configuration.get().audio().equals(to.audio())) {
            audio.clear();
        }
        if (!to.metadata()) {
            metadata.clear();
        }
        configuration = Optional.of(to);
        nextConfiguration = Optional.empty();
    }

    private void declareJump(long presentation) {
        boolean jumped =
                presentation < lastShown - BACKWARD_TICKS90K
                        || presentation > lastShown + FORWARD_TICKS90K;
        if (jumped && hasFrames()) {
            emitAll();
            interrupt(GapCause.CAMERA_CLOCK);
            lastShown = presentation;
        }
    }

    private void add(long presentation, AccessUnitKind kind) {
        boolean shownLast = !hasFrames() || presentation > lastShown;
        if (shownLast) {
            lastShown = presentation;
            emitAllButLast();
        }
        reorders |= presentation < lastShown;
        if (beginsFragment(kind, shownLast)) {
            begin(kind);
        }
        DraftFragment draft = drafts.last();
        draft.add(accessUnit.finish(presentation, kind != AccessUnitKind.OTHER, draft.digest()));
        if (kind == AccessUnitKind.KEY_CLOSED) {
            emitAllButLast();
        }
    }

    private boolean beginsFragment(AccessUnitKind kind, boolean shownLast) {
        return kind != AccessUnitKind.OTHER
                || brokenBy.isPresent()
                || drafts.isEmpty()
                || (shownLast && drafts.last().hasReached(limits));
    }

    private void begin(AccessUnitKind kind) {
        if (kind != AccessUnitKind.OTHER) {
            awaitingKeyFrame = false;
            gopLoss = Optional.empty();
        }
        drafts.add(new DraftFragment(configuration.orElseThrow(), brokenBy, gopLoss));
        brokenBy = Optional.empty();
    }

    private void emitAllButLast() {
        heldBack &= drafts.size() <= MOST_HELD_BACK && data.sizeBytes() < limits.videoBytes();
        if (drafts.size() > 1 && !heldBack) {
            drafts.separate();
            if (reorders) {
                drafts.splitAtHoles(longestStep(), drafts.size() - 1);
            }
            while (drafts.size() > 1) {
                emitFirst();
            }
        }
    }

    /**
     * Whether whole fragments are kept until the run ends or breaks, so that {@link #rebase} still
     * reaches them. Not more of them than {@value #MOST_HELD_BACK}, or the bytes of a large one: a
     * camera may send faster than time goes by.
     */
    public void holdBack(boolean whether) {
        heldBack = whether;
    }

    /** Nothing that is still to come belongs between the frames. */
    private void emitAll() {
        drafts.separate();
        if (reorders && !drafts.isEmpty()) {
            drafts.dropUnfinished(longestStep());
            drafts.splitAtHoles(longestStep(), drafts.size());
        }
        while (!drafts.isEmpty()) {
            emitFirst();
        }
    }

    /** A missing frame leaves a step of two; what is less than one and a half is jitter. */
    private long longestStep() {
        long usual = emitter.usualDuration().or(drafts::shortestStep).orElse(0L);
        return usual + usual / 2;
    }

    private void emitFirst() {
        DraftFragment draft = drafts.removeFirst();
        accessUnit.movedForward(draft.sizeBytes());
        if (draft.dropped()) {
            emitter.drop(draft);
        } else {
            emitter.emit(draft, drafts.firstKept());
        }
    }

    /** Something of the access unit under construction is lost: it is dropped, the fragment cut. */
    public void discardAccessUnit(GapCause cause) {
        if (ended) {
            return;
        }
        accessUnit.discard();
        skippingAccessUnit = false;
        interrupt(cause);
    }

    /** Something may be lost before the next access unit: the fragment is cut there. */
    public void breakBefore(GapCause cause) {
        interrupt(cause);
    }

    private void interrupt(GapCause cause) {
        if (!hasFrames()) {
            return;
        }
        brokenBy = brokenBy.or(() -> Optional.of(cause));
        if (cause != GapCause.CAMERA_CLOCK) {
            gopLoss = gopLoss.or(() -> Optional.of(cause));
            if (!drafts.isEmpty()) {
                drafts.last().markDamaged(cause);
            }
        }
    }

    /** An audio access unit of {@code durationSamples} sample periods; the bytes are copied. */
    public void audio(ByteBuffer accessUnitBytes, MediaTime start, int durationSamples) {
        if (configuration.flatMap(StreamConfiguration::audio).isPresent() && isDue(start)) {
            audio.add(accessUnitBytes, start.ticks90k(), durationSamples);
        }
    }

    /** A metadata document, which tells of one moment; the bytes are copied. */
    public void metadata(ByteBuffer document, MediaTime time) {
        if (configuration.filter(StreamConfiguration::metadata).isPresent() && isDue(time)) {
            metadata.add(document, time.ticks90k(), 1);
        }
    }

    private boolean isDue(MediaTime start) {
        return !ended && hasFrames() && start.ticks90k() < lastShown + AHEAD_TICKS90K;
    }

    /** Shifts everything not yet emitted; the times that follow are on the new base. */
    public void rebase(long ticks90k) {
        if (ended || ticks90k == 0) {
            return;
        }
        lastShown += ticks90k;
        audio.shift(ticks90k);
        metadata.shift(ticks90k);
        drafts.shift(ticks90k);
        if (hasEmitted() && !drafts.isEmpty()) {
            drafts.first().declareGapBefore(GapCause.CAMERA_CLOCK);
        }
    }

    /** Emits what is unfinished and gives back the rest. Whatever follows is ignored. */
    public void end() {
        if (ended) {
            return;
        }
        accessUnit.discard();
        emitAll();
        ended = true;
        audio.release();
        metadata.release();
        data.release();
    }

    public boolean hasEmitted() {
        return emitter.hasEmitted();
    }

    /** The end of the last frame received: where a gap would begin. Empty before the first. */
    public Optional<MediaTime> endOfLastFrame() {
        if (!hasFrames()) {
            return Optional.empty();
        }
        return Optional.of(
                new MediaTime(drafts.isEmpty() ? emitter.end() : emitter.endOf(drafts.last())));
    }

    /** Whether any frame was taken into the run. */
    private boolean hasFrames() {
        return hasEmitted() || !drafts.isEmpty();
    }
}

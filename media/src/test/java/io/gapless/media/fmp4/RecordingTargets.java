package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import io.gapless.media.Fragment;
import io.gapless.media.Interruption;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.codec.Av1Sequence;
import io.gapless.media.codec.H264ParameterSets;
import io.gapless.media.codec.H265ParameterSets;
import io.gapless.media.codec.Obus;
import io.gapless.media.testing.CountingByteSource;
import io.gapless.media.testing.fuzz.FuzzTarget;
import io.gapless.media.testing.fuzz.FuzzTargets;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that reads what might not be ours: recordings, their index, parameter sets. */
public final class RecordingTargets implements FuzzTargets {
    @Override
    public Map<String, FuzzTarget> targets() {
        Map<String, FuzzTarget> targets = new LinkedHashMap<>();
        targets.put("recording", RecordingTargets::recording);
        targets.put("index", RecordingTargets::index);
        targets.put("initialization", RecordingTargets::initialization);
        targets.put("run-end", RecordingTargets::runEnd);
        targets.put("h264-parameter-sets", RecordingTargets::h264);
        targets.put("h265-parameter-sets", RecordingTargets::h265);
        targets.put("av1-sequence-header", RecordingTargets::av1);
        return targets;
    }

    @Override
    public List<byte[]> seeds(String target) {
        List<byte[]> seeds = new ArrayList<>();
        seeds.addAll(seeds(target, Samples.second(0, 3), Samples.second(5, 2)));
        seeds.addAll(seeds(target, Samples.secondWithMetadata(0, 3), Samples.second(5, 2)));
        return seeds;
    }

    private static List<byte[]> seeds(String target, Fragment first, Fragment second) {
        RecordingFile file = new RecordingFile(first.configuration(), Samples.START);
        int fragments = file.size();
        file.append(first);
        file.append(Samples.INTERRUPTION);
        file.append(second);
        int end = file.size();
        byte[] growing = file.bytes();
        file.finish();
        byte[] finished = file.bytes();
        return switch (target) {
            case "recording" -> List.of(growing, finished);
            case "index" -> {
                int locator = ByteBuffer.wrap(finished).getInt(end);
                yield List.of(Arrays.copyOfRange(finished, end, end + locator));
            }
            case "initialization" -> List.of(Arrays.copyOf(finished, fragments));
            case "run-end" -> List.of(RunEndBox.encode(Samples.INTERRUPTION).array());
            default -> List.of();
        };
    }

    /** Only I/O may fail, and there is none; each fragment stands behind the one before. */
    private static void recording(byte[] input) throws IOException {
        CountingByteSource source = new CountingByteSource(input);
        Recording read = Recording.read(source);
        check(read.completeBytes() <= input.length, "a torn tail is inside");
        check(source.bytesRead() <= 3L * input.length + 4096, "read again and again");
        long end = 0;
        for (StoredFragment fragment : read.fragments()) {
            check(fragment.offset() >= end, "fragments overlap");
            end = fragment.offset() + fragment.sizeBytes();
            contents(source, fragment);
        }
        check(end <= input.length, "a fragment goes beyond the end");
        Recording again =
                new Recording(
                                read.configurations(),
                                read.fragments(),
                                read.interruptions(),
                                read.completeBytes(),
                                false)
                        .grown(source);
        check(read.indexed() || again.equals(read), "the same is read again otherwise");
    }

    private static void contents(ByteSource source, StoredFragment fragment) {
        try {
            FragmentContents contents = StoredFragmentReader.read(source, fragment);
            contents.presentationTimes();
            long end = contents.videoDataOffset() + contents.videoDataBytes();
            check(end <= source.sizeBytes(), "access units beyond the end");
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            // It is damaged, and says so.
        }
    }

    /** As the index of a recording with 100,000 bytes before it. */
    private static void index(byte[] input) {
        try {
            IndexBox index = IndexBox.read(ByteBuffer.wrap(input), 100_000);
            check(index.fragments().size() <= input.length / 88, "more fragments than bytes");
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
            // It is no index; the recording's boxes tell the same.
        }
    }

    /** What can be read can be written, and is then read alike. */
    private static void initialization(byte[] input) {
        List<StreamConfiguration> read;
        try {
            read = InitializationSegment.decode(ByteBuffer.wrap(input));
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!read.isEmpty()) {
            byte[] written = InitializationSegment.encode(read.subList(0, 1));
            List<StreamConfiguration> again =
                    InitializationSegment.decode(ByteBuffer.wrap(written));
            check(again.equals(read.subList(0, 1)), "was %s, is %s".formatted(read, again));
        }
    }

    private static void runEnd(byte[] input) {
        Interruption read;
        try {
            read = RunEndBox.read(ByteBuffer.wrap(input));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return;
        }
        Interruption again = RunEndBox.read(RunEndBox.encode(read));
        check(again.at().equals(read.at()) && again.cause() == read.cause(), "reads otherwise");
    }

    private static void h264(byte[] input) {
        List<ByteBuffer> sets = sets(input);
        try {
            H264ParameterSets.configuration(sets.subList(0, 1), sets.subList(1, sets.size()));
        } catch (IllegalArgumentException e) {
            // They make no sense.
        }
    }

    private static void h265(byte[] input) {
        List<ByteBuffer> sets = sets(input);
        List<ByteBuffer> first = sets.subList(0, 1);
        try {
            H265ParameterSets.configuration(first, first, sets.subList(1, sets.size()));
        } catch (IllegalArgumentException e) {
            // They make no sense.
        }
    }

    /** A configuration is stored behind what tells of it, the header itself last. */
    private static void av1(byte[] input) {
        ByteBuffer header = ByteBuffer.wrap(input);
        Obus.isTemporalUnit(header);
        try {
            byte[] stored = Av1Sequence.of(header).configuration().decoderConfigurationRecord();
            byte[] last = Arrays.copyOfRange(stored, stored.length - input.length, stored.length);
            check(Arrays.equals(last, input), "another header is stored");
            byte[] units = Arrays.copyOfRange(stored, 4, stored.length);
            check(Obus.isTemporalUnit(ByteBuffer.wrap(units)), "what is stored is no OBU");
        } catch (IllegalArgumentException e) {
            // It makes no sense.
        }
    }

    /** The first byte says how long the first is; the others have 8 bytes. */
    private static List<ByteBuffer> sets(byte[] input) {
        List<ByteBuffer> sets = new ArrayList<>();
        int at = Math.min(1, input.length);
        int size = input.length == 0 ? 0 : input[0] & 0x7F;
        do {
            int end = Math.min(input.length, at + size);
            sets.add(ByteBuffer.wrap(Arrays.copyOfRange(input, at, end)));
            at = end;
            size = 8;
        } while (at < input.length);
        return sets;
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new AssertionError(sentence);
        }
    }
}

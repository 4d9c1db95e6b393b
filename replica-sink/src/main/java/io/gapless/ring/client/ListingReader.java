package io.gapless.ring.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.InitializationSegment;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads a page of a listing: docs/ring-protocol.md, "Listing". */
final class ListingReader {
    private static final int VERSION = 1;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Year 15000 or so: sums of such times stay far from overflow. */
    private static final long MAX_TICKS = 1L << 55;

    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(16)
                                            .maxNumberLength(32)
                                            .build())
                            .build());

    private final CameraId camera;
    private final List<StreamConfiguration> configurations = new ArrayList<>();

    private ListingReader(CameraId camera) {
        this.camera = camera;
    }

    /**
     * @throws IllegalArgumentException with what is wrong with it
     */
    static ListingPage read(byte[] json, CameraId camera) {
        try {
            return new ListingReader(camera).page(new JsonFields(JSON.readTree(json)));
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no JSON", e); // the message may quote it
        } catch (ArithmeticException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IllegalArgumentException("its numbers do not add up", e);
        }
    }

    private ListingPage page(JsonFields page) {
        if (page.number("version", 0, Integer.MAX_VALUE) != VERSION) {
            throw new IllegalArgumentException("it is of another version of the protocol");
        } else if (!page.text("camera").equals(camera.value())) {
            throw new IllegalArgumentException("it is about another camera");
        }
        page.array("configurations").forEach(c -> configurations.add(configuration(c)));
        List<RingFragment> fragments = new ArrayList<>();
        page.array("runs").forEach(run -> addRun(new JsonFields(run), fragments));
        List<Interruption> interruptions = new ArrayList<>();
        page.array("interruptions")
                .forEach(note -> interruptions.add(interruption(new JsonFields(note))));
        return new ListingPage(
                time(page, "oldest"),
                time(page, "newest"),
                fragments,
                interruptions,
                !page.optionalFlag("incomplete"),
                page.optionalText("next"));
    }

    private static StreamConfiguration configuration(JsonNode base64) {
        ByteBuffer segment = ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText()));
        List<StreamConfiguration> decoded = InitializationSegment.decode(segment);
        if (decoded.size() != 1) {
            throw new IllegalArgumentException("a configuration is not one");
        }
        return decoded.get(0);
    }

    private void addRun(JsonFields run, List<RingFragment> fragments) {
        String id = run.text("run");
        if (!UUID_TEXT.matcher(id).matches()) {
            throw new IllegalArgumentException("a run is no UUID");
        }
        RunId runId = new RunId(UUID.fromString(id));
        run.array("fragments").forEach(f -> fragments.add(fragment(runId, new JsonFields(f))));
    }

    private RingFragment fragment(RunId run, JsonFields fields) {
        FragmentHeader header =
                new FragmentHeader(
                        camera,
                        run,
                        fields.number("sequence", 0, Long.MAX_VALUE),
                        new MediaTime(fields.number("start", 0, MAX_TICKS)),
                        fields.number("duration", 1, MAX_TICKS),
                        fields.count("videoFrames", 1),
                        fields.count("audioFrames", 0),
                        digest(fields.text("digest")),
                        fields.flag("keyFrame"),
                        fields.flag("damaged"),
                        gapBefore(fields),
                        Origin.valueOf(fields.text("origin").toUpperCase(Locale.ROOT)),
                        fields.flag("seam"),
                        metadataFrames(fields),
                        fields.optionalFlag("closed"));
        return new RingFragment(
                header,
                fields.number("size", 1, Long.MAX_VALUE),
                configurations.get(fields.count("configuration", 0)));
    }

    /** Left out where there is none. */
    private static int metadataFrames(JsonFields fields) {
        return (int) fields.optionalNumber("metadataFrames", 1, Integer.MAX_VALUE).orElse(0);
    }

    private static Digest digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw new IllegalArgumentException("a digest is not 32 hexadecimal digits");
        }
        return new Digest(
                Long.parseUnsignedLong(text.substring(0, 16), 16),
                Long.parseUnsignedLong(text.substring(16), 16));
    }

    private static Optional<GapCause> gapBefore(JsonFields fields) {
        long code = fields.number("gapBefore", 0, 255);
        return code == 0 ? Optional.empty() : Optional.of(GapCause.ofCode((int) code));
    }

    private Interruption interruption(JsonFields fields) {
        return new Interruption(
                camera,
                new MediaTime(fields.number("at", 0, MAX_TICKS)),
                GapCause.ofCode((int) fields.number("cause", 0, 255)),
                fields.text("detail"));
    }

    private static Optional<MediaTime> time(JsonFields fields, String name) {
        OptionalLong ticks = fields.optionalNumber(name, 0, MAX_TICKS);
        return ticks.isPresent() ? Optional.of(new MediaTime(ticks.getAsLong())) : Optional.empty();
    }
}

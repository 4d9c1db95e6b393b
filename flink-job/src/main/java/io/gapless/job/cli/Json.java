package io.gapless.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapless.archive.read.CameraVerification;
import io.gapless.archive.read.VerifyReport;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import java.util.List;
import java.util.Locale;

/** What {@code --json} prints: one object on one line; times are ISO-8601 UTC. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String of(Timeline timeline) throws JsonProcessingException {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("camera", timeline.camera().value());
        object.put("from", timeline.range().from().toString());
        object.put("to", timeline.range().to().toString());
        object.put("frames", timeline.frames());
        spans(object, timeline.spans());
        gaps(object, timeline.gaps());
        seams(object, timeline.seams());
        return MAPPER.writeValueAsString(object);
    }

    private static void spans(ObjectNode object, List<Span> spans) {
        ArrayNode array = object.putArray("spans");
        spans.forEach(
                span ->
                        array.addObject()
                                .put("start", span.start().toString())
                                .put("end", span.end().toString())
                                .put("frames", span.frames())
                                .put("origin", span.origin().name().toLowerCase(Locale.ROOT)));
    }

    private static void seams(ObjectNode object, List<MediaTime> seams) {
        ArrayNode array = object.putArray("seams");
        seams.forEach(seam -> array.add(seam.toString()));
    }

    static String of(VerifyReport report) throws JsonProcessingException {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("whole", report.whole());
        ArrayNode cameras = object.putArray("cameras");
        report.cameras().forEach(camera -> verification(cameras.addObject(), camera));
        return MAPPER.writeValueAsString(object);
    }

    private static void verification(ObjectNode object, CameraVerification camera) {
        object.put("camera", camera.camera().value());
        object.put("whole", camera.whole());
        object.put("recordings", camera.recordings());
        object.put("fragments", camera.fragments());
        object.put("frames", camera.frames());
        object.put("bytes", camera.bytes());
        object.put("hiddenBytes", camera.hiddenBytes());
        ArrayNode problems = object.putArray("problems");
        camera.problems()
                .forEach(
                        problem ->
                                problems.addObject()
                                        .put("file", problem.file())
                                        .put("offset", problem.offset())
                                        .put("what", problem.what()));
        ObjectNode origins = object.putObject("origins");
        for (Origin origin : Origin.values()) {
            origins.putObject(origin.name().toLowerCase(Locale.ROOT))
                    .put("spans", camera.spans(origin))
                    .put("frames", camera.frames(origin));
        }
        gaps(object, camera.gaps());
        seams(object, camera.timeline().seams());
    }

    private static void gaps(ObjectNode object, List<Gap> gaps) {
        ArrayNode array = object.putArray("gaps");
        gaps.forEach(
                gap ->
                        array.addObject()
                                .put("start", gap.start().toString())
                                .put("end", gap.end().toString())
                                .put("cause", gap.cause().name())
                                .put("state", gap.state().name().toLowerCase(Locale.ROOT)));
    }
}

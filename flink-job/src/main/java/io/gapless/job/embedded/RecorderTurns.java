package io.gapless.job.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The figure {@code media.turns} of a recorder, read over Flink's REST API: how often its watchdog
 * has seen all event loops and all task threads turn. To get at it, Flink's web server, dispatcher,
 * JobManager and TaskManager must turn, too.
 *
 * <p>Checkpoints are no part of it: a recorder without them records, and nothing is lost when it
 * has to go on from an old one, whereas starting it again makes a gap. So is the archive no part of
 * it; a recorder bridges its absence.
 */
final class RecorderTurns implements HttpProgress.Reading {
    private static final String FIGURE = ".media.turns";

    /** Where the figure was found last; another job, another place. One thread. */
    private Optional<String> place = Optional.empty();

    @Override
    public OptionalLong read(JsonOverHttp flink) throws IOException, InterruptedException {
        if (place.isEmpty()) {
            place = find(flink);
        }
        Optional<String> known = place;
        place = Optional.empty();
        if (known.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode figure = flink.at(known.get()).path(0).path("min");
        if (!figure.isNumber()) {
            return OptionalLong.empty();
        }
        place = known;
        return OptionalLong.of(figure.asLong());
    }

    private static Optional<String> find(JsonOverHttp flink)
            throws IOException, InterruptedException {
        for (JsonNode job : flink.at("/jobs").path("jobs")) {
            String path = "/jobs/" + job.path("id").asText();
            for (JsonNode vertex : flink.at(path).path("vertices")) {
                String metrics =
                        "%s/vertices/%s/subtasks/metrics"
                                .formatted(path, vertex.path("id").asText());
                for (JsonNode metric : flink.at(metrics)) {
                    String id = metric.path("id").asText();
                    if (id.endsWith(FIGURE)) {
                        String name = URLEncoder.encode(id, StandardCharsets.UTF_8);
                        return Optional.of(metrics + "?agg=min&get=" + name);
                    }
                }
            }
        }
        return Optional.empty();
    }
}

package io.gapless.system.fire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.gapless.system.fire.Demands.LiveGaps;
import io.gapless.system.fire.Demands.Lost;
import io.gapless.system.fire.RandomFaults.Fault;
import io.gapless.system.fire.RandomFaults.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a scenario; {@code docs/reliability.md} says what may stand in it. */
final class ScenarioFile {
    private static final Path SHIPPED = Path.of("src", "test", "resources", "fire");
    private static final long SEED = 20_261_123L;
    private static final Set<String> STEP_KEYS = Set.of("at", "percent", "timed");

    private final JsonNode root;
    private final String name;

    private ScenarioFile(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    /**
     * @param nameOrPath of a file, or the name of one of ours, with or without {@code .yaml}
     */
    static Scenario read(String nameOrPath, Optional<Long> seed) throws IOException {
        Path path = Path.of(nameOrPath);
        if (!Files.exists(path)) {
            String file = nameOrPath.endsWith(".yaml") ? nameOrPath : nameOrPath + ".yaml";
            path = SHIPPED.resolve(file);
        }
        String name = path.getFileName().toString().replace(".yaml", "");
        JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(path));
        return new ScenarioFile(name, tree).scenario(seed.orElse(SEED));
    }

    private Scenario scenario(long defaultSeed) {
        long seed = root.path("seed").asLong(defaultSeed);
        List<Step> steps = new ArrayList<>();
        root.path("steps").forEach(step -> steps.add(step(step)));
        if (root.has("random")) {
            steps.addAll(random(root.path("random")).steps(seed));
        }
        Duration last = steps.stream().map(Step::at).max(Duration::compareTo).orElse(Duration.ZERO);
        Duration ends = root.has("ends") ? duration(root, "ends") : last.plusSeconds(10);
        return new Scenario(
                name,
                root.path("title").asText(name),
                site(root.path("site")),
                steps,
                ends,
                demands(root.path("demands")),
                root.has("random") ? seed : 0);
    }

    private static SiteSpec site(JsonNode site) {
        Map<String, String> settings = new HashMap<>();
        site.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return new SiteSpec(
                site.path("cameras").asInt(8),
                site.path("mbits").asDouble(4),
                site.path("taskmanagers").asInt(3),
                site.path("datanodes").asInt(3),
                site.path("standby").asBoolean(false),
                site.path("namespace").asBoolean(false),
                site.path("disk-megabytes").asInt(0),
                texts(site.path("jvm")),
                settings);
    }

    /** One, or a list of them. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Demands demands(JsonNode demands) {
        return new Demands(
                demands.has("recording-again")
                        ? Optional.of(duration(demands, "recording-again"))
                        : Optional.empty(),
                LiveGaps.valueOf(upper(demands.path("live-gaps").asText("any"))),
                Lost.valueOf(upper(demands.path("lost").asText("nothing"))),
                demands.has("whole") ? duration(demands, "whole") : Duration.ofMinutes(4));
    }

    private Step step(JsonNode step) {
        List<String> verbs = new ArrayList<>();
        step.fieldNames().forEachRemaining(verbs::add);
        verbs.removeAll(STEP_KEYS);
        if (verbs.size() != 1) {
            throw new IllegalArgumentException(
                    "%s: a step does one thing, not %s".formatted(name, verbs));
        }
        String verb = verbs.get(0);
        return new Step(
                duration(step, "at"),
                Verb.of(verb),
                step.path(verb).asText(),
                step.path("percent").asDouble(0),
                step.path("timed").asBoolean(false));
    }

    private static RandomFaults random(JsonNode random) {
        List<Fault> faults = new ArrayList<>();
        random.path("choose")
                .forEach(
                        fault ->
                                faults.add(
                                        new Fault(
                                                Verb.of(fault.path("begin").asText()),
                                                Verb.of(fault.path("end").asText()),
                                                fault.path("target").asText(),
                                                fault.path("percent").asDouble(0))));
        return new RandomFaults(
                random.path("times").asInt(),
                duration(random, "from"),
                range(random.path("away").asText()),
                range(random.path("pause").asText()),
                faults);
    }

    private static Range range(String text) {
        String[] ends = text.split("-", 2);
        return new Range(duration(ends[0]), duration(ends[ends.length - 1]));
    }

    private static Duration duration(JsonNode parent, String key) {
        return duration(parent.path(key).asText());
    }

    /** {@code 90s}, {@code 5m}, {@code 250ms}. */
    static Duration duration(String text) {
        String unit = text.replaceAll("[0-9 ]", "");
        long amount = Long.parseLong(text.replaceAll("[^0-9]", ""));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> throw new IllegalArgumentException("'" + text + "' is no duration");
        };
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}

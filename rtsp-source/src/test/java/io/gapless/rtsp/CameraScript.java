package io.gapless.rtsp;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a camera says and sends, what it is told, and what of it should be recorded; read from a
 * text file. A line is one of:
 *
 * <pre>
 * # comment; the first names the camera
 * quirk N           a number of the table in docs/cameras.md
 * set NAME VALUE    transport udp; user NAME:PASSWORD; inactivity SECONDS;
 *                   patience SECONDS, with each answer; limit FRAMES;
 *                   flooded MB, that it may flood at most
 * | v=0             a line of the session description
 * > PLAY *          awaits a request; * is anything. What is not awaited is answered as usual.
 * > Range: *        a line that the request must have
 * >! Session        what it must not have
 * < RTSP/1.0 200 OK answers; without such lines the answer is the usual one
 * $0 rtp seq 1 time 0 marker | 65 88    an RTP packet on interleaved channel 0; also: ssrc HEX,
 *                   type N, count N step TICKS
 * $1 report ssrc HEX utc INSTANT time 0 | bytes after it    a sender report
 * udp0 rtp ...      the same over UDP: 0 and 1 are the first track's ports, 2 and 3 the second's,
 *                   9 a port that nobody was told of
 * raw 00 01         bytes as they are
 * text garbage      likewise
 * at 1.5            all before is handled; the recorder's clock goes on to 1.5 s
 * later 4           the same in seconds, without waiting until all before is handled
 * await report      awaits a receiver report; await udp-report, at the port announced
 * stream $0 step TICKS every SECONDS count N gop N    frames, each at its own time
 * flood N TEXT      text N times, or until the recorder hangs up; also N | 24 09, bytes
 * mute              the request before it gets no usual answer
 * deaf              does not read any more
 * hang up
 * = 0.00 6588 6548  what should be recorded: a frame's time and NAL units, or its bytes if it has
 *                   none; also: gap CAUSE, sound TIME HEX, video CODEC SIZE, fragment FRAMES, ends SECONDS, interruption CAUSE,
 *                   because SENTENCE of the interruption
 * </pre>
 *
 * In what the camera says {@code $CSEQ}, {@code $URL}, {@code $HOST}, {@code $SDP} (with its
 * length), {@code $ASKED} (the transport asked for) and {@code $PORTS} are replaced, and {@code \s}
 * is a space that editors would cut off.
 */
record CameraScript(
        String camera,
        List<Integer> quirks,
        Map<String, String> settings,
        List<String> description,
        List<Step> steps,
        List<String> expected) {

    sealed interface Step {}

    record Await(List<String> lines) implements Step {}

    record Answer(List<String> lines) implements Step {}

    /** Anything else: a word and what follows it. */
    record Do(String what, String rest) implements Step {}

    static List<CameraScript> all(String directory) throws IOException {
        Path home = Path.of("src", "test", "resources", directory);
        try (var files = Files.list(home)) {
            List<CameraScript> scripts = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".rtsp")).sorted().toList()) {
                scripts.add(parse(Files.readAllLines(file, StandardCharsets.UTF_8)));
            }
            return scripts;
        }
    }

    static CameraScript parse(List<String> lines) {
        CameraScript script =
                new CameraScript(
                        title(lines),
                        new ArrayList<>(),
                        new HashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        lines.stream().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(script::add);
        return script;
    }

    /** The first sentence of the comment. */
    private static String title(List<String> lines) {
        String comment =
                lines.stream()
                        .takeWhile(l -> l.startsWith("#"))
                        .map(l -> l.substring(1).strip())
                        .collect(Collectors.joining(" "));
        return comment.split("[.:] |[.]$| \\(", 2)[0];
    }

    private void add(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "quirk" -> quirks.add(Integer.valueOf(rest.strip()));
            case "set" -> settings.put(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
            case "|" -> description.add(rest.replace("\\s", " "));
            case ">" -> await(rest);
            case ">!" -> await("!" + rest);
            case "<" -> answer(rest.replace("\\s", " "));
            case "=" -> expected.add(rest.strip());
            default -> steps.add(new Do(words[0], rest.strip()));
        }
    }

    private void await(String line) {
        boolean header = line.startsWith("!") || line.matches("[\\w-]+: .*");
        if (!header) {
            steps.add(new Await(new ArrayList<>()));
        }
        ((Await) last()).lines.add(line);
    }

    private void answer(String line) {
        if (!(last() instanceof Answer)) {
            steps.add(new Answer(new ArrayList<>()));
        }
        ((Answer) last()).lines.add(line);
    }

    private Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Whether the script itself answers what this step awaits, at once or later. */
    boolean answers(int step) {
        for (int i = step + 1; i < steps.size(); i++) {
            if (steps.get(i) instanceof Do action && action.what().equals("mute")) {
                return true;
            }
            if (!(steps.get(i) instanceof Do)) {
                return steps.get(i) instanceof Answer;
            }
        }
        return false;
    }

    FragmentLimits limits() {
        int frames = Integer.parseInt(settings.getOrDefault("limit", "300"));
        return new FragmentLimits(frames, 8L << 20, 16 << 20);
    }

    CameraSettings settingsFor(URI uri) {
        String transport = settings.getOrDefault("transport", "auto");
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.ofNullable(settings.get("user"))
                        .map(u -> new Credentials(u.split(":", 2)[0], u.split(":", 2)[1])),
                Transport.valueOf(transport.toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(Long.parseLong(settings.getOrDefault("inactivity", "30"))),
                Duration.ofSeconds(Long.parseLong(settings.getOrDefault("patience", "10"))),
                true,
                new Trust.SystemAuthorities());
    }

    boolean isUdp() {
        return settings.getOrDefault("transport", "").equals("udp")
                || steps.stream().anyMatch(s -> s instanceof Do d && d.what().startsWith("udp"));
    }

    String descriptionText() {
        return description.stream().map(l -> l + "\r\n").collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return camera;
    }
}

package io.gapless.job.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTurnsTest {
    private static final String METRICS = "/jobs/j1/vertices/v2/subtasks/metrics";
    private static final String ID = "Source__cameras.media.turns";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private Progress progress;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext(
                "/",
                exchange -> {
                    String answer = answers.get(exchange.getRequestURI().toString());
                    byte[] body = answer == null ? new byte[0] : answer.getBytes(UTF_8);
                    exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        progress = new HttpProgress(uri, new RecorderTurns());
        answers.put("/jobs", "{\"jobs\":[{\"id\":\"j1\",\"status\":\"RUNNING\"}]}");
        answers.put("/jobs/j1", "{\"vertices\":[{\"id\":\"v1\"},{\"id\":\"v2\"}]}");
        answers.put("/jobs/j1/vertices/v1/subtasks/metrics", "[{\"id\":\"numRecordsIn\"}]");
        answers.put(METRICS, "[{\"id\":\"a\"},{\"id\":\"%s\"}]".formatted(ID));
        turns("17");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void turns(String number) {
        answers.put(
                METRICS + "?agg=min&get=" + ID, "[{\"id\":\"x\",\"min\":%s}]".formatted(number));
    }

    @Test
    void findsTheFigureOnceAndReadsItAgainAndAgain() {
        assertThat(progress.ask().join()).hasValue(17);
        answers.remove("/jobs");
        turns("18.0");
        assertThat(progress.ask().join()).hasValue(18);
    }

    @Test
    void hasNoneWhileTheJobStarts() {
        answers.put("/jobs", "{\"jobs\":[]}");
        assertThat(progress.ask().join()).isEqualTo(OptionalLong.empty());
        answers.remove("/jobs");
        assertThat(progress.ask().join()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void looksForItAgainWhenTheJobIsAnother() {
        assertThat(progress.ask().join()).hasValue(17);
        answers.remove(METRICS + "?agg=min&get=" + ID);
        assertThat(progress.ask().join()).isEqualTo(OptionalLong.empty());
        turns("1");
        assertThat(progress.ask().join()).hasValue(1);
    }

    @Test
    void failsIfNobodyAnswers() {
        server.stop(0);
        assertThat(progress.ask()).failsWithin(java.time.Duration.ofSeconds(10));
    }
}

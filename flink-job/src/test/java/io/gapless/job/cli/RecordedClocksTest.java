package io.gapless.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.gapless.media.CameraId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Flink's REST API answers, as its documentation has it, and what becomes of it. */
class RecordedClocksTest {
    private static final String OF_GATE = ".Source__cameras.camera.gate.north.";
    private static final String METRICS = "/jobs/j1/vertices/v1/metrics";

    private HttpServer flink;

    @BeforeEach
    void startFlink() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext(
                "/",
                exchange -> {
                    byte[] body = answer(exchange.getRequestURI()).getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        flink.start();
    }

    @AfterEach
    void stopFlink() {
        flink.stop(0);
    }

    private static String answer(URI asked) {
        if (asked.getQuery() == null) {
            return Map.of(
                            "/jobs",
                            "{'jobs':[{'id':'j1','status':'RUNNING'}]}",
                            "/jobs/j1",
                            "{'vertices':[{'id':'v1'}]}",
                            METRICS,
                            metrics(false))
                    .get(asked.getPath())
                    .replace('\'', '"');
        }
        return metrics(true).replace('\'', '"');
    }

    /** The camera has moved from subtask 0 to 1, and subtask 0 still has its old numbers. */
    private static String metrics(boolean values) {
        String[][] all = {
            {"0" + OF_GATE + "frames", "700"},
            {"0" + OF_GATE + "clockOffsetSeconds", "9.5"},
            {"0" + OF_GATE + "senderReports", "3"},
            {"1" + OF_GATE + "frames", "9000"},
            {"1" + OF_GATE + "clockOffsetSeconds", "-0.25"},
            {"1" + OF_GATE + "clockDriftPpm", "1.25E1"},
            {"1" + OF_GATE + "senderReports", "1"},
            {"1.Source__cameras.camera.mute.frames", "5"},
            {"1.Source__cameras.camera.mute.clockOffsetSeconds", "NaN"},
            {"1.Source__cameras.camera.mute.clockDriftPpm", "NaN"},
            {"1.Source__cameras.camera.mute.senderReports", "0"},
            {"1.Source__cameras.media.turns", "7"},
        };
        StringBuilder json = new StringBuilder();
        for (String[] metric : all) {
            json.append(json.isEmpty() ? "[" : ",").append("{'id':'").append(metric[0]);
            json.append(values ? "','value':'" + metric[1] + "'}" : "'}");
        }
        return json.append("]").toString();
    }

    @Test
    void areThoseOfTheRecorder() throws Exception {
        RecordedClocks clocks = RecordedClocks.ask(address());
        assertThat(clocks.of(new CameraId("gate.north")).map(ClockText::of))
                .contains(new ClockText("-0.250 s", "+12.5 ppm", "trusted"));
        assertThat(clocks.of(new CameraId("mute")).map(ClockText::of))
                .contains(new ClockText("-", "-", "none"));
        assertThat(clocks.of(new CameraId("other"))).isEmpty();
    }

    @Test
    void areUnknownWhereNobodyAnswers() {
        URI address = address();
        flink.stop(0);
        assertThatThrownBy(() -> RecordedClocks.ask(address)).isInstanceOf(IOException.class);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
    }
}

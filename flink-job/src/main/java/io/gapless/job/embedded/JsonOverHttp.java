package io.gapless.job.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads JSON from a server on this machine. */
public final class JsonOverHttp {
    /** The server answered, but not with what was asked for. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private Refused(String path, int status) {
            super("%s answers %d".formatted(path, status));
        }
    }

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final Duration timeout;

    /**
     * @param timeout for the connection, and for each answer
     */
    public JsonOverHttp(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * @throws Refused if the answer's status is not 200
     * @throws IOException if there is no answer
     */
    public JsonNode at(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(timeout).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new Refused(path, response.statusCode());
        }
        return json.readTree(response.body());
    }
}

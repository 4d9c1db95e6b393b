package io.gapless.ring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gapless.media.CameraId;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.client.RingLyingException;
import io.gapless.ring.http.FakeRing.Script;
import io.gapless.ring.http.HandMadeRing.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listing that cannot be true is refused as a whole, however it is wrong. */
@Timeout(300)
class LyingListingTest {
    private static final CameraId FRONT = new CameraId("front");

    @TempDir private static Path directory;
    private static String truth;

    @BeforeAll
    static void write() throws IOException {
        Written fragment =
                new HandMadeRing(directory).add("front", HandMadeRing.START).fragments().get(0);
        byte[] segment = InitializationSegment.encode(List.of(fragment.configuration()));
        truth =
                """
                {"version":1,"camera":"front","oldest":160000000000000,"newest":170000000000000,
                "configurations":["%s"],
                "runs":[{"run":"%s","fragments":[{"sequence":0,"start":%d,"duration":90000,
                "videoFrames":10,"audioFrames":0,"digest":"%s","size":%d,"configuration":0,
                "keyFrame":true,"damaged":false,"seam":false,"gapBefore":11,"origin":"replica"}]}],
                "interruptions":[{"at":160000000000000,"cause":4,"detail":"silent"}]}
                """
                        .formatted(
                                Base64.getEncoder().encodeToString(segment),
                                fragment.header().run(),
                                fragment.header().start().ticks90k(),
                                fragment.header().digest(),
                                fragment.bytes().length);
    }

    private static RingListing list(Script script, TimeRange range) throws IOException {
        try (FakeRing ring = new FakeRing(script);
                RingClient client =
                        new RingClient(ServedRing.ring(ring.port()), ServedRing.patient())) {
            return client.list(FRONT, range);
        }
    }

    private static void assertLie(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(catchThrowable(() -> list((r, client) -> client.ok(body), ServedRing.EVER)))
                .isInstanceOf(RingLyingException.class)
                .hasMessageContaining("front");
    }

    @Test
    void theTruthIsBelieved() throws IOException {
        byte[] body = truth.getBytes(StandardCharsets.UTF_8);
        RingListing listing = list((request, client) -> client.ok(body), ServedRing.EVER);
        assertThat(listing.fragments()).hasSize(1);
        assertThat(listing.interruptions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1 | \"version\":2",
                "\"version\":1 | \"version\":\"1\"",
                "\"camera\":\"front\" | \"camera\":\"back\"",
                "\"camera\":\"front\" | \"camera\":\"../x\"",
                "\"sequence\":0 | \"sequence\":-1",
                "\"sequence\":0 | \"sequence\":1e3",
                "\"sequence\":0 | \"sequence\":99999999999999999999",
                "\"sequence\":0, | ''",
                "\"duration\":90000 | \"duration\":0",
                "\"duration\":90000 | \"duration\":9223372036854775807",
                "\"videoFrames\":10 | \"videoFrames\":4294967297",
                "\"audioFrames\":0 | \"audioFrames\":-1",
                "\"size\": | \"size\":-",
                "\"configuration\":0 | \"configuration\":1",
                "\"keyFrame\":true | \"keyFrame\":1",
                "\"gapBefore\":11 | \"gapBefore\":256",
                "\"origin\":\"replica\" | \"origin\":\"moon\"",
                "\"digest\":\" | \"digest\":\"+",
                "\"run\":\" | \"run\":\"{",
                "\"runs\":[ | \"runs\":[7,",
                "\"runs\": | \"walks\":",
                "\"configurations\":[\" | \"configurations\":[\"AAAA",
                "\"configurations\":[ | \"configurations\":[7,",
                "\"oldest\":160000000000000 | \"oldest\":-5",
                "\"cause\":4 | \"cause\":1000",
                "\"detail\":\"silent\" | \"detail\":{}",
                "\"interruptions\":[ | \"next\":\"x y\",\"interruptions\":[",
            })
    void whatIsWrongAnywhereIsRefused(String right, String wrong) {
        assertThat(truth).contains(right);
        assertLie(truth.replace(right, wrong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "{}", "{\"version\":1", "<html>", "\u0000"})
    void whatIsNoListingIsRefused(String body) {
        assertLie(body);
    }

    @Test
    void nestingHasAnEnd() {
        assertLie("[".repeat(100_000));
        assertLie(truth.replace("\"detail\":\"silent\"", "\"detail\":" + "[".repeat(50_000)));
    }

    @Test
    void anEndlessListingIsCutOff() {
        byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        assertThat(
                        catchThrowable(
                                () ->
                                        list(
                                                (request, client) -> {
                                                    client.send("HTTP/1.1 200 OK\r\n\r\n");
                                                    while (true) {
                                                        client.send(spaces);
                                                    }
                                                },
                                                ServedRing.EVER)))
                .isInstanceOf(RingLyingException.class)
                .hasMessageContaining("no end");
    }

    @Test
    void pagesThatLeadNowhereAreCutOff() {
        assertLie(truth.replace("\"interruptions\"", "\"next\":\"again\",\"interruptions\""));
    }

    @Test
    void fragmentsOutsideTheRangeAreRefused() {
        byte[] body = truth.getBytes(StandardCharsets.UTF_8);
        TimeRange before = new TimeRange(ServedRing.EVER.from(), HandMadeRing.START);
        assertThat(catchThrowable(() -> list((r, client) -> client.ok(body), before)))
                .isInstanceOf(RingLyingException.class);
    }
}

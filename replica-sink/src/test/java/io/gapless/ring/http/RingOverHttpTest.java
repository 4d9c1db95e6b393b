package io.gapless.ring.http;

import static io.gapless.ring.http.HandMadeRing.START;
import static io.gapless.ring.http.ServedRing.EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.ProbedPacket;
import io.gapless.ring.Eventually;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingGoneException;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.http.HandMadeRing.Segment;
import io.gapless.ring.http.HandMadeRing.Written;
import io.gapless.ring.server.RingServerLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a ring holds comes out of it as it lies in its files. */
@Timeout(60)
class RingOverHttpTest {
    private static final CameraId FRONT = new CameraId("front");
    private static final long SECOND = MediaTime.TICKS_PER_SECOND;

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(32 << 20);

    @Test
    void everyFragmentIsListedAndFetchedByteForByte() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Interruption end =
                new Interruption(
                        FRONT, START.plusTicks(8 * SECOND), GapCause.CAMERA_SILENT, "for 10 s");
        Segment finished =
                ring.add(
                        "front",
                        START,
                        HandMadeRing.H264,
                        Optional.of(AudioClip.aac(8)),
                        true,
                        List.of(end));
        MediaTime later = START.plusTicks(60 * SECOND);
        Segment growing =
                ring.add("front", later, HandMadeRing.H265, Optional.empty(), false, List.of());
        try (ServedRing served = new ServedRing(ring);
                RingClient client = served.client()) {
            RingListing listing = client.list(FRONT, EVER);
            assertThat(listing.fragments().stream().map(RingFragment::header))
                    .containsExactlyElementsOf(headers(finished, growing));
            assertThat(listing.oldest()).contains(START);
            assertThat(listing.newest()).contains(last(growing).header().end());
            assertThat(listing.interruptions()).containsExactly(end);
            for (Segment segment : List.of(finished, growing)) {
                assertFetched(client, listing, segment);
            }
            // Counted when the last byte has left, which may be after it has arrived.
            Eventually.await(
                    "all are counted",
                    () -> served.server().counters().fragments() == listing.fragments().size());
        }
        assertThat(memory.usedBytes()).isZero();
    }

    private void assertFetched(RingClient client, RingListing listing, Segment segment)
            throws IOException {
        for (int i = 0; i < segment.fragments().size(); i++) {
            Written written = segment.fragments().get(i);
            RingFragment listed = listed(listing, written);
            assertThat(listed.configuration().video().codec())
                    .isEqualTo(written.configuration().video().codec());
            assertThat(listed.configuration().audio().isPresent())
                    .isEqualTo(written.configuration().audio().isPresent());
            assertThat(listed.configuration().metadata())
                    .isEqualTo(written.configuration().metadata());
            Fragment fragment = client.fetch(listed, memory);
            assertThat(HandMadeRing.bytes(fragment, segment.start(), i + 1))
                    .isEqualTo(written.bytes());
            fragment.release();
        }
    }

    private static RingFragment listed(RingListing listing, Written written) {
        return listing.fragments().stream()
                .filter(f -> f.header().equals(written.header()))
                .findFirst()
                .orElseThrow();
    }

    private static List<FragmentHeader> headers(Segment... segments) {
        return java.util.Arrays.stream(segments)
                .flatMap(s -> s.fragments().stream())
                .map(Written::header)
                .toList();
    }

    private static Written last(Segment segment) {
        return segment.fragments().get(segment.fragments().size() - 1);
    }

    @Test
    void aListingInManyPagesIsTheSame() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment one = ring.add("front", START);
        Segment same = ring.add("front", START); // another session at the same time
        RingServerLimits threeAPage =
                new RingServerLimits(
                        8,
                        8,
                        0,
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        3,
                        Duration.ofDays(1));
        try (ServedRing served = new ServedRing(ring, threeAPage);
                RingClient client = served.client()) {
            assertThat(client.list(FRONT, EVER).fragments().stream().map(RingFragment::header))
                    .containsExactlyInAnyOrderElementsOf(headers(one, same));
            assertThat(served.server().counters().requests()).isEqualTo(6);
        }
    }

    @Test
    void onlyFragmentsThatOverlapTheRangeAreListed() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment segment = ring.add("front", START);
        try (ServedRing served = new ServedRing(ring);
                RingClient client = served.client()) {
            TimeRange range =
                    new TimeRange(
                            START.plusTicks(2 * SECOND + SECOND / 2), START.plusTicks(5 * SECOND));
            RingListing listing = client.list(FRONT, range);
            assertThat(listing.fragments().stream().map(RingFragment::header))
                    .containsExactlyElementsOf(headers(segment).subList(2, 5));
            assertThat(listing.oldest()).contains(START);
            RingListing none = client.list(new CameraId("nobody"), range);
            assertThat(none.fragments()).isEmpty();
            assertThat(none.oldest()).isEmpty();
        }
    }

    @Test
    void ffprobeReadsTheInitialisationSegmentAndTheFragmentsBehindIt() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment segment =
                ring.add(
                        "front",
                        START,
                        HandMadeRing.H264,
                        Optional.of(AudioClip.aac(8)),
                        true,
                        List.of());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ServedRing served = new ServedRing(ring)) {
            JsonNode listing =
                    new ObjectMapper()
                            .readTree(
                                    served.get(
                                                    "/v1/cameras/front/fragments?from=%d&to=%d"
                                                            .formatted(
                                                                    EVER.from().ticks90k(),
                                                                    EVER.to().ticks90k()))
                                            .body());
            file.writeBytes(
                    Base64.getDecoder().decode(listing.get("configurations").get(0).asText()));
            for (Written written : segment.fragments()) {
                file.writeBytes(served.get(ServedRing.target(written)).body());
            }
        }
        Path mp4 = Files.write(directory.resolve("joined.mp4"), file.toByteArray());
        List<ProbedPacket> video = FFmpegTools.packets(mp4, "v");
        assertThat(video).hasSize(8 * HandMadeRing.FRAMES);
        assertThat(FFmpegTools.decodingErrors(mp4)).isEmpty();
    }

    @Test
    void whatWasTrimmedMeanwhileIsGone() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment old = ring.add("front", START);
        ring.add("front", START.plusTicks(100 * SECOND));
        try (ServedRing served = new ServedRing(ring);
                RingClient client = served.client()) {
            RingListing listing = client.list(FRONT, EVER);
            Files.delete(old.file());
            assertThatThrownBy(() -> client.fetch(listed(listing, old.fragments().get(0)), memory))
                    .isInstanceOf(RingGoneException.class)
                    .hasMessageContainingAll("front", "127.0.0.1", "(410)");
            assertThat(served.get(ServedRing.target(old.fragments().get(0))).statusCode())
                    .isEqualTo(404);
        }
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aSegmentMayBeFinishedBetweenListingAndFetching() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Segment growing =
                ring.add("front", START, HandMadeRing.H264, Optional.empty(), false, List.of());
        try (ServedRing served = new ServedRing(ring)) {
            String target = ServedRing.target(growing.fragments().get(0));
            String tag = served.get(target).headers().firstValue("ETag").orElseThrow();
            String name = growing.file().getFileName().toString();
            Files.move(growing.file(), growing.file().resolveSibling(name.replace(".open", "")));
            HttpResponse<byte[]> rest =
                    served.ask("GET", target, Map.of("Range", "bytes=9-", "If-Range", tag));
            assertThat(rest.statusCode()).isEqualTo(206);
        }
    }

    @Test
    void statusAndCamerasAreForPeople() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        ring.add("front", START);
        ring.add("back", START.plusTicks(SECOND));
        try (ServedRing served = new ServedRing(ring)) {
            JsonNode cameras = new ObjectMapper().readTree(served.get("/v1/cameras").body());
            assertThat(cameras.get("cameras"))
                    .extracting(JsonNode::asText)
                    .containsExactly("back", "front");
            JsonNode status = new ObjectMapper().readTree(served.get("/v1/status").body());
            assertThat(status.get("oldest").asText()).isEqualTo("2026-11-22T14:22:33.500Z");
            assertThat(status.get("newest").asText()).isEqualTo("2026-11-22T14:22:42.500Z");
            assertThat(status.get("bytes").asLong()).isGreaterThan(10_000);
            assertThat(status.get("cameras")).hasSize(2);
        }
    }

    @Test
    void headHasTheHeadersAndOtherMethodsAreNotUnderstood() throws Exception {
        HandMadeRing ring = new HandMadeRing(directory);
        Written first = ring.add("front", START).fragments().get(0);
        try (ServedRing served = new ServedRing(ring)) {
            String target = ServedRing.target(first);
            for (int i = 0; i < 3; i++) {
                HttpResponse<byte[]> head = served.ask("HEAD", target, Map.of());
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.headers().firstValueAsLong("Content-Length"))
                        .hasValue(first.bytes().length);
                assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
            }
            for (String path : List.of(target, "/v1/status", "/v1/cameras", "/nothing")) {
                assertThat(served.ask("HEAD", path, Map.of()).body()).isEmpty();
                for (String method : List.of("PUT", "DELETE", "OPTIONS", "BREW")) {
                    HttpResponse<byte[]> response = served.ask(method, path, Map.of());
                    assertThat(response.statusCode()).isEqualTo(405);
                    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
                }
            }
        }
    }
}

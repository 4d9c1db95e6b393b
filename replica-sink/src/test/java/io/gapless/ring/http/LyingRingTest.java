package io.gapless.ring.http;

import static io.gapless.ring.http.FakeRing.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.ring.client.NoMemoryForRingException;
import io.gapless.ring.client.RingBusyException;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingClientOptions;
import io.gapless.ring.client.RingFailedException;
import io.gapless.ring.client.RingFragment;
import io.gapless.ring.client.RingGoneException;
import io.gapless.ring.client.RingLyingException;
import io.gapless.ring.client.RingRefusedException;
import io.gapless.ring.client.RingUnreachableException;
import io.gapless.ring.http.FakeRing.Script;
import io.gapless.ring.http.HandMadeRing.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a ring sends: an exception that tells what it was, in time, and no memory kept. */
@Timeout(300)
class LyingRingTest {
    @TempDir private static Path directory;
    private static Written fragment;
    private final MediaMemory memory = new MediaMemory(4 << 20);

    @BeforeAll
    static void write() throws IOException {
        fragment = new HandMadeRing(directory).add("front", HandMadeRing.START).fragments().get(2);
    }

    private static RingFragment listed() {
        return listed(fragment.header(), fragment.bytes().length);
    }

    private static RingFragment listed(FragmentHeader header, long size) {
        return new RingFragment(header, size, fragment.configuration());
    }

    private void assertFails(Class<? extends IOException> as, RingFragment listed, Script script)
            throws IOException {
        assertFails(as, listed, ServedRing.patient(), script);
    }

    private void assertGivenUp(Script script) throws IOException {
        assertFails(RingUnreachableException.class, listed(), ServedRing.impatient(), script);
    }

    private void assertFails(
            Class<? extends IOException> as,
            RingFragment listed,
            RingClientOptions options,
            Script script)
            throws IOException {
        try (FakeRing ring = new FakeRing(script);
                RingClient client = new RingClient(ServedRing.ring(ring.port()), options)) {
            Throwable failure = catchThrowable(() -> client.fetch(listed, memory));
            assertThat(failure)
                    .isInstanceOf(as)
                    .hasMessageContainingAll(
                            "front",
                            listed.header().run().toString(),
                            "fragment " + listed.header().sequence(),
                            "127.0.0.1:" + ring.port());
            for (Throwable t = failure; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain("correct-horse");
            }
            assertThat(memory.usedBytes()).isZero();
        }
    }

    private static byte[] changed(int position) {
        byte[] bytes = fragment.bytes().clone();
        bytes[position] ^= 0x10;
        return bytes;
    }

    @Test
    void theTruthIsBelieved() throws Exception {
        try (FakeRing ring = new FakeRing((request, client) -> client.ok(fragment.bytes()));
                RingClient client =
                        new RingClient(ServedRing.ring(ring.port()), ServedRing.patient())) {
            Fragment fetched = client.fetch(listed(), memory);
            assertThat(fetched.header()).isEqualTo(fragment.header());
            fetched.release();
            assertThat(ring.requests().get(0)).contains("Authorization: Bearer correct-horse");
        }
    }

    @Test
    void changedBytesAreFoundWhereverTheyAre() throws Exception {
        int size = fragment.bytes().length;
        // boxes: sizes, types, user type, run, sequence, start, duration, digest, frames, moof
        int[] positions = {
            0, 5, 20, 30, 47, 55, 70, 80, 93, 94, 98, 107, 130, 230, 315, 319, 327, 340, size / 2,
            size - 1
        };
        for (int position : positions) {
            byte[] bytes = changed(position);
            assertFails(RingLyingException.class, listed(), (r, client) -> client.ok(bytes));
        }
    }

    @Test
    void anotherDigestThanListedIsFound() throws Exception {
        FragmentHeader header = fragment.header();
        FragmentHeader other =
                new FragmentHeader(
                        header.camera(),
                        header.run(),
                        header.sequence(),
                        header.start(),
                        header.durationTicks90k(),
                        header.videoFrames(),
                        header.audioFrames(),
                        new Digest(1, 2),
                        header.startsWithKeyFrame(),
                        header.damaged(),
                        header.gapBefore(),
                        header.origin());
        byte[] bytes = fragment.bytes().clone();
        java.nio.ByteBuffer.wrap(bytes).putLong(68, 1).putLong(76, 2); // both say the same lie
        assertFails(
                RingLyingException.class,
                listed(other, bytes.length),
                (request, client) -> client.ok(bytes));
    }

    @Test
    void anotherFragmentIsFound() throws Exception {
        byte[] other =
                new HandMadeRing(directory)
                        .add("front", HandMadeRing.START)
                        .fragments()
                        .get(2)
                        .bytes();
        assertFails(
                RingLyingException.class,
                listed(fragment.header(), other.length),
                (request, client) -> client.ok(other));
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        byte[] zeros = new byte[1 << 16];
        assertFails(
                RingLyingException.class,
                listed(),
                (request, client) -> {
                    client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 1 << 20; i++) {
                        client.send("10000\r\n");
                        client.send(zeros);
                        client.send("\r\n");
                    }
                });
        assertFails(
                RingLyingException.class,
                listed(),
                (request, client) -> {
                    client.send(head("200 OK", Long.MAX_VALUE));
                    while (true) {
                        client.send(zeros);
                    }
                });
        assertFails(
                RingLyingException.class,
                listed(),
                (request, client) -> {
                    client.send("HTTP/1.0 200 OK\r\n\r\n");
                    client.send(fragment.bytes());
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 300, 1L << 21, 1L << 40, Long.MAX_VALUE})
    void anImpossibleSizeIsNotEvenAskedFor(long size) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        FragmentHeader header = fragment.header();
        assertFails(
                RingLyingException.class,
                listed(header, size),
                (request, client) -> asked.incrementAndGet());
        assertThat(asked).hasValue(0);
    }

    @Test
    void halfAFragmentIsAskedForAFewTimes() throws Exception {
        byte[] half = Arrays.copyOf(fragment.bytes(), fragment.bytes().length / 2);
        AtomicInteger asked = new AtomicInteger();
        assertFails(
                RingUnreachableException.class,
                listed(),
                (request, client) -> {
                    asked.incrementAndGet();
                    client.send(head("200 OK", fragment.bytes().length, "ETag: \"a\""));
                    client.send(half);
                });
        assertThat(asked).hasValue(2); // the second brought nothing new
    }

    @Test
    void aResumptionWithOtherBytesIsFound() throws Exception {
        int size = fragment.bytes().length;
        byte[] half = Arrays.copyOf(fragment.bytes(), size / 2);
        for (String lie : new String[] {"ETag: \"b\"", "ETag: \"a\"\r\nX: "}) {
            int from = lie.contains("X") ? 0 : size / 2;
            assertFails(
                    RingLyingException.class,
                    listed(),
                    (request, client) -> {
                        if (request.contains("Range")) {
                            client.send(
                                    head(
                                            "206 Partial Content",
                                            size - half.length,
                                            "Content-Range: bytes %d-%d/%d"
                                                    .formatted(from, size - 1, size),
                                            lie));
                        } else {
                            client.send(head("200 OK", size, "ETag: \"a\""));
                        }
                        client.send(half);
                    });
        }
    }

    @Test
    void silenceIsNotWaitedOutForEver() throws Exception {
        assertGivenUp((request, client) -> client.stall());
        assertGivenUp(
                (request, client) -> {
                    client.send(head("200 OK", fragment.bytes().length));
                    client.stall();
                });
        assertGivenUp(
                (request, client) -> {
                    client.send("HTTP/1.1 200 OK\r\nX: ");
                    client.stall();
                });
    }

    @Test
    void whatIsNotHttpIsNoRing() throws Exception {
        assertFails(
                RingLyingException.class,
                listed(),
                (request, client) -> client.send("SSH-2.0-OpenSSH_9.6\r\n"));
        assertFails(RingUnreachableException.class, listed(), (request, client) -> {});
    }

    @Test
    void nobodyThereIsSaidSo() throws Exception {
        int port;
        try (FakeRing ring = new FakeRing((request, client) -> {})) {
            port = ring.port();
        }
        try (RingClient client = new RingClient(ServedRing.ring(port), ServedRing.patient())) {
            assertThat(catchThrowable(() -> client.fetch(listed(), memory)))
                    .isInstanceOf(RingUnreachableException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, RingRefusedException",
        "403, RingRefusedException",
        "404, RingGoneException",
        "410, RingGoneException",
        "500, RingFailedException",
        "502, RingFailedException",
        "503, RingBusyException",
        "429, RingBusyException",
        "302, RingLyingException",
        "204, RingLyingException",
        "400, RingLyingException"
    })
    void everyRefusalHasItsKind(int status, String kind) throws Exception {
        Class<? extends IOException> expected =
                switch (kind) {
                    case "RingRefusedException" -> RingRefusedException.class;
                    case "RingGoneException" -> RingGoneException.class;
                    case "RingBusyException" -> RingBusyException.class;
                    case "RingFailedException" -> RingFailedException.class;
                    default -> RingLyingException.class;
                };
        AtomicInteger asked = new AtomicInteger();
        assertFails(
                expected,
                listed(),
                (request, client) -> {
                    asked.incrementAndGet();
                    client.send(head(status + " No", 0, "Location: http://127.0.0.1:1/"));
                });
        assertThat(asked).hasValue(1);
    }

    @Test
    void withoutMemoryNothingIsKept() throws Exception {
        MediaMemory little = new MediaMemory(MediaMemory.CHUNK_BYTES);
        little.newBuffer().appendInt(1); // somebody else's
        try (FakeRing ring = new FakeRing((request, client) -> client.ok(fragment.bytes()));
                RingClient client =
                        new RingClient(ServedRing.ring(ring.port()), ServedRing.patient())) {
            assertThat(catchThrowable(() -> client.fetch(listed(), little)))
                    .isInstanceOf(NoMemoryForRingException.class);
            assertThat(little.usedBytes()).isEqualTo(MediaMemory.CHUNK_BYTES);
        }
    }

    @Test
    void anInterruptedFetchEndsAndStaysInterrupted() throws Exception {
        try (FakeRing ring =
                        new FakeRing(
                                (request, client) -> {
                                    client.send(head("200 OK", fragment.bytes().length));
                                    client.stall();
                                });
                RingClient client =
                        new RingClient(ServedRing.ring(ring.port()), ServedRing.patient())) {
            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(() -> client.fetch(listed(), memory));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure).isInstanceOf(RingUnreachableException.class);
            assertThat(memory.usedBytes()).isZero();
        }
    }
}

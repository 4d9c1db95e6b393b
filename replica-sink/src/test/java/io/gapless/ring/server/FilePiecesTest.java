package io.gapless.ring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.ring.RingReading;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A fragment on its way, whose disk answers when the test wants it to. */
class FilePiecesTest {
    private static final int OFFSET = 1000;
    private static final int PIECES = 3;

    /** A disk whose byte at each position is the position's. */
    private static final class Disk implements RingReading {
        private final ArrayDeque<Runnable> asked = new ArrayDeque<>();
        private Optional<IOException> failure = Optional.empty();
        private boolean closed;

        @Override
        public void read(long position, ByteBuffer target, Consumer<Optional<IOException>> done) {
            asked.add(
                    () -> {
                        for (long at = position; target.hasRemaining(); at++) {
                            target.put((byte) at);
                        }
                        done.accept(failure);
                    });
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Disk disk = new Disk();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChunkedWriteHandler());
    private final ByteRange range = new ByteRange(5, 5 + PIECES * FilePieces.PIECE_BYTES - 100);
    private final ChannelFuture sent =
            channel.writeAndFlush(
                    new FilePieces(
                            channel.pipeline().firstContext(),
                            disk,
                            OFFSET,
                            range,
                            Duration.ofSeconds(5)));

    private void answer() {
        disk.asked.remove().run();
        channel.runPendingTasks();
    }

    @Test
    void eachPieceIsAskedForWhileTheOneBeforeIsSent() {
        assertThat(disk.asked).hasSize(1);
        assertThat(channel.outboundMessages()).isEmpty();
        long at = OFFSET + range.from();
        for (int i = 0; i < PIECES; i++) {
            answer();
            ByteBuf piece = channel.readOutbound();
            while (piece.isReadable()) {
                assertThat(piece.readByte()).isEqualTo((byte) at++);
            }
            piece.release();
            assertThat(disk.asked).hasSize(i < PIECES - 1 ? 1 : 0);
        }
        assertThat(at).isEqualTo(OFFSET + range.to());
        assertThat(sent.isSuccess()).isTrue();
        assertThat(disk.closed).isTrue();
    }

    @Test
    void aDiskThatHangsEndsTheAnswerAndMayComeLate() {
        channel.advanceTimeBy(4, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(sent.isDone()).isFalse();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(sent.cause()).isInstanceOf(IOException.class).hasMessageContaining("PT5S");
        assertThat(disk.closed).isTrue();
        answer();
        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void aDiskThatFailsEndsTheAnswer() {
        disk.failure = Optional.of(new IOException("on purpose"));
        answer();
        assertThat(sent.cause()).hasMessage("on purpose");
        assertThat(disk.closed).isTrue();
    }
}

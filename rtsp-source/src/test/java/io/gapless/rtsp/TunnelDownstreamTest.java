package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.GapCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelDownstreamTest {
    private final TunnelDownstream down = new TunnelDownstream();
    private final EmbeddedChannel get = new EmbeddedChannel(down);
    private final EmbeddedChannel post = new EmbeddedChannel();
    private final List<Throwable> caught = new ArrayList<>();

    private void joined() {
        says("HTTP/1.0 200 OK\r\nServer: x\r\n\r\n");
        assertThat(down.answer().join().isOk()).isTrue();
        down.sendBy(post);
        down.join(
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        caught.add(cause);
                    }
                });
    }

    private void says(String text) {
        get.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void write(String text) {
        get.writeOutbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.append(((ByteBuf) next).toString(StandardCharsets.US_ASCII));
        }
        return all.toString();
    }

    /** The patience with the answer ends some time, whether or not there was one. */
    @Test
    void aComplaintThatComesAfterTheAnswerIsNone() {
        joined();
        down.fail(new SessionFailure(GapCause.CAMERA_UNREACHABLE, "did not answer HTTP's GET"));
        assertThat(caught).isEmpty();
        assertThat(get.isOpen()).isTrue();
    }

    @Test
    void aRefusalIsHeardByWhoJoined() {
        joined();
        SessionFailure refusal = new SessionFailure(GapCause.CAMERA_REFUSED, "refused");
        down.refuse(refusal);
        assertThat(caught).containsExactly(refusal);
    }

    @Test
    void anotherPostGetsWhatTheCameraHasNotHeard() {
        joined();
        write("OPTIONS");
        assertThat(sent(post)).isEqualTo("T1BUSU9OUw==");
        down.forgetPost();
        write(" *");
        EmbeddedChannel again = new EmbeddedChannel();
        down.sendBy(again);
        assertThat(sent(again)).isEqualTo("T1BUSU9OUyAq");
        assertThat(sent(post)).isEmpty();
        says("RTSP/1.0 200 OK\r\n");
        assertThat(down.isHeard()).isTrue();
    }
}

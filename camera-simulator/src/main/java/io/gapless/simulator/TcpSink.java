package io.gapless.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Packets interleaved in the RTSP connection (RFC 2326 section 10.12): one write a frame. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the connection
record TcpSink(Channel connection) implements PacketSink {
    @Override
    public boolean isReady() {
        return connection.isWritable();
    }

    @Override
    public void sendRtp(ByteBuf packets) {
        connection.writeAndFlush(packets, connection.voidPromise());
    }

    @Override
    public void sendRtcp(ByteBuf packet) {
        sendRtp(packet);
    }

    @Override
    public void sendGarbage(ByteBuf bytes) {
        sendRtp(bytes);
    }

    @Override
    public void close() {
        // What was handed to the connection is the connection's.
    }
}

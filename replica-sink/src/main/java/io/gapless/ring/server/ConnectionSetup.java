package io.gapless.ring.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import java.util.Optional;

/** Puts the handlers of a new connection in place. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what closing or sending came to shows in the channel
final class ConnectionSetup extends ChannelInitializer<Channel> {
    private static final int MAX_TARGET_BYTES = 1024;
    private static final int MAX_HEADER_BYTES = 8192;

    private final Service service;
    private final ChannelGroup connections;
    private final Optional<SslContext> tls;
    private final Optional<GlobalTrafficShapingHandler> bandwidth;

    ConnectionSetup(
            Service service,
            ChannelGroup connections,
            Optional<SslContext> tls,
            Optional<GlobalTrafficShapingHandler> bandwidth) {
        this.service = service;
        this.connections = connections;
        this.tls = tls;
        this.bandwidth = bandwidth;
    }

    @Override
    protected void initChannel(Channel channel) {
        boolean overBound = !service.admission().connected();
        channel.closeFuture().addListener(closed -> service.admission().disconnected());
        if (service.admission().isHopeless()) {
            channel.close();
            return;
        }
        connections.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        bandwidth.ifPresent(pipeline::addLast);
        tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
        pipeline.addLast(
                new HttpServerCodec(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(MAX_TARGET_BYTES)
                                .setMaxHeaderSize(MAX_HEADER_BYTES)));
        pipeline.addLast(new ChunkedWriteHandler());
        pipeline.addLast(new RequestHandler(service, overBound));
    }
}

package io.gapless.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Writes down what a decoder understood, one line each. */
final class RecordedInput implements RtspDecoder.Sink {
    final List<String> lines = new ArrayList<>();
    private final Set<Integer> channels;

    RecordedInput(Integer... knownChannels) {
        channels = Set.of(knownChannels);
    }

    @Override
    public void onFrame(int channel, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        lines.add("frame %d %s".formatted(channel, HexFormat.of().formatHex(bytes)));
    }

    @Override
    public void onResponse(RtspResponse response) {
        lines.add(
                "response %s cseq %s body '%s'"
                        .formatted(response, response.cseq().orElse(-1), response.body()));
    }

    @Override
    public void onRequest(RtspRequest request) {
        lines.add("request %s %s".formatted(request.method(), request.uri()));
    }

    @Override
    public boolean isKnownChannel(int channel) {
        return channels.contains(channel);
    }
}

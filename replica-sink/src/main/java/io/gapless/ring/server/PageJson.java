package io.gapless.ring.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.ring.RingEntry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a page of a listing piece by piece as the network takes it: docs/ring-protocol.md,
 * "Listing". Used by the connection's event loop.
 */
final class PageJson implements ChunkedInput<ByteBuf> {
    private static final int PIECE_BYTES = 16 << 10;

    private final Answer.Page page;
    private final Map<StreamConfiguration, Integer> configurations = new LinkedHashMap<>();
    private final List<List<RingEntry>> runs;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private int run;
    private int fragment;
    private long progress;
    private boolean begun;
    private boolean ended;

    PageJson(Answer.Page page) throws IOException {
        this.page = page;
        this.json = Documents.JSON.createGenerator(bytes);
        page.entries()
                .forEach(e -> configurations.putIfAbsent(e.configuration(), configurations.size()));
        this.runs = runs(page.entries());
    }

    private static List<List<RingEntry>> runs(List<RingEntry> entries) {
        Map<RunId, List<RingEntry>> runs = new LinkedHashMap<>();
        entries.forEach(e -> runs.computeIfAbsent(e.header().run(), r -> new ArrayList<>()).add(e));
        return List.copyOf(runs.values());
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        bytes.reset();
        while (!ended && bytes.size() < PIECE_BYTES) {
            step();
            json.flush();
        }
        progress += bytes.size();
        return allocator.buffer(bytes.size()).writeBytes(bytes.toByteArray());
    }

    private void step() throws IOException {
        if (!begun) {
            begin();
        } else if (run < runs.size()) {
            fragment(runs.get(run));
        } else {
            end();
        }
    }

    private void begin() throws IOException {
        begun = true;
        json.writeStartObject();
        json.writeNumberField("version", Documents.VERSION);
        json.writeStringField("camera", page.contents().camera().value());
        if (page.contents().oldest().isPresent()) {
            json.writeNumberField("oldest", page.contents().oldest().get().ticks90k());
        }
        if (page.contents().newest().isPresent()) {
            json.writeNumberField("newest", page.contents().newest().get().ticks90k());
        }
        json.writeArrayFieldStart("configurations");
        for (StreamConfiguration configuration : configurations.keySet()) {
            json.writeBinary(InitializationSegment.encode(List.of(configuration)));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
    }

    private void fragment(List<RingEntry> ofRun) throws IOException {
        if (fragment == 0) {
            json.writeStartObject();
            json.writeStringField("run", ofRun.get(0).header().run().toString());
            json.writeArrayFieldStart("fragments");
        }
        write(ofRun.get(fragment++));
        if (fragment == ofRun.size()) {
            json.writeEndArray();
            json.writeEndObject();
            run++;
            fragment = 0;
        }
    }

    private void write(RingEntry entry) throws IOException {
        FragmentHeader header = entry.header();
        json.writeStartObject();
        json.writeNumberField("sequence", header.sequence());
        json.writeNumberField("start", header.start().ticks90k());
        json.writeNumberField("duration", header.durationTicks90k());
        json.writeNumberField("videoFrames", header.videoFrames());
        json.writeNumberField("audioFrames", header.audioFrames());
        if (header.metadataFrames() > 0) {
            json.writeNumberField("metadataFrames", header.metadataFrames());
        }
        json.writeStringField("digest", header.digest().toString());
        json.writeNumberField("size", entry.sizeBytes());
        json.writeNumberField("configuration", configurations.get(entry.configuration()));
        json.writeBooleanField("keyFrame", header.startsWithKeyFrame());
        json.writeBooleanField("damaged", header.damaged());
        json.writeBooleanField("seam", header.seam());
        json.writeBooleanField("closed", header.closed());
        json.writeNumberField("gapBefore", header.gapBefore().map(GapCause::code).orElse(0));
        json.writeStringField("origin", header.origin().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private void end() throws IOException {
        ended = true;
        json.writeEndArray();
        json.writeArrayFieldStart("interruptions");
        for (Interruption interruption : page.interruptions()) {
            json.writeStartObject();
            json.writeNumberField("at", interruption.at().ticks90k());
            json.writeNumberField("cause", interruption.cause().code());
            json.writeStringField("detail", interruption.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!page.contents().complete()) {
            json.writeBooleanField("incomplete", true);
        }
        if (page.next().isPresent()) {
            json.writeStringField("next", page.next().get().toString());
        }
        json.writeEndObject();
    }

    @Override
    @SuppressWarnings("deprecation") // still to be there
    public ByteBuf readChunk(ChannelHandlerContext context) throws IOException {
        return readChunk(context.alloc());
    }

    @Override
    public boolean isEndOfInput() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    /** Not known before it is written. */
    @Override
    public long length() {
        return -1;
    }

    @Override
    public long progress() {
        return progress;
    }
}

package io.gapless.rtp.jpeg;

import static java.util.Objects.requireNonNull;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Puts JPEG pictures together, each as a whole file: its beginning is made anew from what the
 * packets say of it. What is not whole is given up.
 *
 * <p>For each packet in order: {@link #packetsLost} if any are missing before it, {@link #packet}.
 */
public final class JpegDepacketizer {
    private static final int MAIN_HEADER_BYTES = 8;
    private static final int RESTART_HEADER_BYTES = 4;
    private static final int FIRST_WITH_RESTARTS = 64;
    private static final int END_OF_IMAGE = 0xFFD9;

    private final AccessUnitSink sink;
    private final QuantizationTables quantization = new QuantizationTables();
    private final PictureGroups groups = new PictureGroups();
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer end = ByteBuffer.allocateDirect(2).putShort((short) END_OF_IMAGE);
    private Optional<VideoConfiguration> configuration = Optional.empty();

    private boolean open;

    /** The picture under construction was given up, and nobody needs to hear it again. */
    private boolean skipping;

    private int timestamp;
    private long arrivalNanos;
    private int receivedBytes;
    private int lastTwoBytes;

    public JpegDepacketizer(AccessUnitSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
    }

    /** Packets are missing before the next one. */
    public void packetsLost() {
        groups.packetsLost();
        if (open) {
            lose();
        } else {
            sink.packetsLost();
        }
    }

    public void packet(RtpPacket packet, long packetArrivalNanos) {
        ByteBuffer payload = packet.payload();
        if (payload.remaining() < MAIN_HEADER_BYTES) {
            return;
        }
        if (open && packet.timestamp() != timestamp) {
            endWithoutMarker();
        }
        int offset = payload.getInt(payload.position()) & 0xFF_FFFF;
        if (offset == 0) {
            begin(packet, payload);
        }
        timestamp = packet.timestamp();
        arrivalNanos = packetArrivalNanos;
        if (open && (offset == 0 || skipHeaders(payload, offset))) {
            take(payload);
            if (packet.marker()) {
                finish();
            }
        } else if (!skipping) {
            lose();
        }
    }

    private void begin(RtpPacket packet, ByteBuffer payload) {
        if (open) {
            lose();
        }
        skipping = false;
        JpegExtension extension =
                packet.extension(JpegExtension.PROFILE)
                        .map(JpegExtension::parse)
                        .orElse(JpegExtension.NONE);
        Optional<JpegFileHeader> header = header(payload, extension);
        if (header.isEmpty()) {
            sink.unusableParameterSets("JPEG of a kind, a size or with tables that are not known");
            lose();
            return;
        }
        configure(header.get());
        open = true;
        receivedBytes = 0;
        checksum.reset();
        sink.beginPicture();
        sink.append(header.get().bytes());
    }

    /** Consumes all headers. Section 3.1 of RFC 2435. */
    private Optional<JpegFileHeader> header(ByteBuffer payload, JpegExtension extension) {
        payload.getInt();
        int type = payload.get() & 0xFF;
        int q = payload.get() & 0xFF;
        int width = 8 * (payload.get() & 0xFF);
        int height = 8 * (payload.get() & 0xFF);
        int restartInterval = 0;
        if (type >= FIRST_WITH_RESTARTS) {
            if (payload.remaining() < RESTART_HEADER_BYTES) {
                return Optional.empty();
            }
            restartInterval = payload.getInt() >>> 16;
        }
        Optional<QuantizationTables.Tables> tables = quantization.read(q, payload);
        boolean sized = extension.frame().isPresent() || (width > 0 && height > 0);
        if (tables.isEmpty() || !sized || !JpegFileHeader.isKnown(type)) {
            return Optional.empty();
        }
        JpegFileHeader made =
                JpegFileHeader.of(type, width, height, restartInterval, tables.get(), extension);
        return Optional.of(made).filter(h -> h.width() > 0 && h.height() > 0);
    }

    private void configure(JpegFileHeader header) {
        boolean same =
                configuration
                        .filter(c -> c.width() == header.width() && c.height() == header.height())
                        .isPresent();
        if (!same) {
            configuration =
                    Optional.of(
                            new VideoConfiguration(
                                    VideoCodec.JPEG, header.width(), header.height(), new byte[0]));
            sink.configured(configuration.get());
        }
    }

    /** Of a later packet; false if it does not continue the picture. */
    private boolean skipHeaders(ByteBuffer payload, int offset) {
        int type = payload.get(payload.position() + 4) & 0xFF;
        int bytes = MAIN_HEADER_BYTES + (type >= FIRST_WITH_RESTARTS ? RESTART_HEADER_BYTES : 0);
        if (offset != receivedBytes || bytes > payload.remaining()) {
            return false;
        }
        payload.position(payload.position() + bytes);
        return true;
    }

    private void take(ByteBuffer payload) {
        int start = payload.position();
        int bytes = payload.remaining();
        checksum.update(payload);
        payload.position(start);
        for (int i = Math.max(0, bytes - 2); i < bytes; i++) {
            lastTwoBytes = (lastTwoBytes << 8 | (payload.get(start + i) & 0xFF)) & 0xFFFF;
        }
        sink.append(payload);
        receivedBytes += bytes;
    }

    private void finish() {
        if (lastTwoBytes != END_OF_IMAGE) {
            sink.append(end.rewind());
        }
        open = false;
        sink.endNalUnit(true);
        boolean group = groups.beginsWith(timestamp, checksum.getValue());
        sink.endAccessUnit(
                timestamp, arrivalNanos, group ? AccessUnitKind.KEY_CLOSED : AccessUnitKind.OTHER);
    }

    /** Without marker the end of the image is the only sign that nothing is missing. */
    private void endWithoutMarker() {
        if (lastTwoBytes == END_OF_IMAGE) {
            finish();
        } else {
            lose();
        }
    }

    private void lose() {
        sink.accessUnitLost();
        open = false;
        skipping = true;
    }
}

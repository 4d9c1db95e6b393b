package io.gapless.rtp.jpeg;

import io.gapless.rtp.jpeg.QuantizationTables.Tables;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The beginning of a JPEG file up to the entropy-coded data, which RFC 2435 leaves out (appendix
 * B).
 */
final class JpegFileHeader {
    private static final int SOI = 0xFFD8;
    private static final int DQT = 0xFFDB;
    private static final int DRI = 0xFFDD;
    private static final int SOF0 = 0xFFC0;
    private static final int SOS = 0xFFDA;

    /** Horizontal and vertical sampling of luminance: 4:2:2 in type 0, 4:2:0 in type 1. */
    private static final List<Integer> SAMPLINGS = List.of(0x21, 0x22);

    private final int width;
    private final int height;
    private final byte[] bytes;

    private JpegFileHeader(int width, int height, byte[] bytes) {
        this.width = width;
        this.height = height;
        this.bytes = bytes;
    }

    /** In pixels. */
    int width() {
        return width;
    }

    /** In pixels. */
    int height() {
        return height;
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes);
    }

    /** Whether RFC 2435 says how pictures of the type are coded. */
    static boolean isKnown(int type) {
        return (type & 0x3F) < SAMPLINGS.size();
    }

    /**
     * @param type known
     * @param restartInterval 0 if there is none
     */
    static JpegFileHeader of(
            int type,
            int width,
            int height,
            int restartInterval,
            Tables tables,
            JpegExtension extension) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        int16(out, SOI);
        if (extension.quantization().isEmpty()) {
            quantization(out, tables);
        } else {
            extension.quantization().forEach(out::writeBytes);
        }
        if (restartInterval > 0) {
            int16(out, DRI);
            int16(out, 4);
            int16(out, restartInterval);
        }
        int chrominance = Math.min(1, tables.tables().size() - 1);
        byte[] frame = extension.frame().orElseGet(() -> frame(type, width, height, chrominance));
        out.writeBytes(frame);
        if (extension.huffman().isEmpty()) {
            HuffmanTables.write(out);
        } else {
            extension.huffman().forEach(out::writeBytes);
        }
        scan(out, frame);
        return new JpegFileHeader(int16(frame, 7), int16(frame, 5), out.toByteArray());
    }

    private static void quantization(ByteArrayOutputStream out, Tables tables) {
        int number = 0;
        for (byte[] table : tables.tables()) {
            int16(out, DQT);
            int16(out, 3 + table.length);
            out.write((table.length > 64 ? 0x10 : 0) | number++);
            out.writeBytes(table);
        }
    }

    private static byte[] frame(int type, int width, int height, int chrominance) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int16(out, SOF0);
        int16(out, 17);
        out.write(8);
        int16(out, height);
        int16(out, width);
        out.write(3);
        component(out, 1, SAMPLINGS.get(type & 0x3F), 0);
        component(out, 2, 0x11, chrominance);
        component(out, 3, 0x11, chrominance);
        return out.toByteArray();
    }

    private static void component(
            ByteArrayOutputStream out, int name, int sampling, int quantization) {
        out.write(name);
        out.write(sampling);
        out.write(quantization);
    }

    /** The components of {@code frame}: the first one is luminance. */
    private static void scan(ByteArrayOutputStream out, byte[] frame) {
        int components = frame[9];
        int16(out, SOS);
        int16(out, 6 + 2 * components);
        out.write(components);
        for (int i = 0; i < components; i++) {
            out.write(frame[10 + 3 * i]);
            out.write(i == 0 ? 0x00 : 0x11);
        }
        out.write(0);
        out.write(63);
        out.write(0);
    }

    private static void int16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }
}

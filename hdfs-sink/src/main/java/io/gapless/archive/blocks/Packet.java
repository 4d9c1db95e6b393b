package io.gapless.archive.blocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.hadoop.hdfs.protocol.datatransfer.PacketHeader;

/**
 * The next bytes of a block, which stay where they are until they are sent. Begins on a chunk's
 * boundary: a chunk that was sent in part is sent again from its beginning, so that the DataNodes
 * need not read it back to compute its checksum (BlockReceiver.receivePacket). One thread at a
 * time.
 */
final class Packet {
    /** The number of a packet that only shows that the client lives (DFSPacket). */
    static final long SIGN_OF_LIFE = -1;

    private final int chunkBytes;
    private final long offsetInBlock;
    private final int repeatedBytes;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private int sizeBytes;

    private Packet(int chunkBytes, long offsetInBlock, byte[] repeated) {
        this.chunkBytes = chunkBytes;
        this.offsetInBlock = offsetInBlock;
        this.repeatedBytes = repeated.length;
        add(ByteBuffer.wrap(repeated));
    }

    /**
     * The first one of a block.
     *
     * @param chunkBytes that one checksum is for
     */
    static Packet first(int chunkBytes) {
        return new Packet(chunkBytes, 0, new byte[0]);
    }

    /** The one that follows this one once it is sent; its own pieces may change then. */
    Packet next() {
        byte[] part = new byte[sizeBytes % chunkBytes];
        return new Packet(chunkBytes, endInBlock() - part.length, tail(part));
    }

    private byte[] tail(byte[] tail) {
        int missing = tail.length;
        for (int i = pieces.size() - 1; missing > 0; i--) {
            ByteBuffer piece = pieces.get(i);
            int count = Math.min(missing, piece.limit());
            missing -= count;
            piece.get(piece.limit() - count, tail, missing, count);
        }
        return tail;
    }

    /** Takes what remains of {@code piece}, which must not change until this is sent. */
    void add(ByteBuffer piece) {
        if (piece.hasRemaining()) {
            pieces.add(piece.slice());
            sizeBytes += piece.remaining();
        }
    }

    /** Whether there is nothing in it that was not sent before. */
    boolean isEmpty() {
        return sizeBytes == repeatedBytes;
    }

    long offsetInBlock() {
        return offsetInBlock;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    long endInBlock() {
        return offsetInBlock + sizeBytes;
    }

    /** How much room header and checksums of a packet of so many bytes may take. */
    static int headBytes(int packetBytes, int chunkBytes) {
        return PacketHeader.PKT_MAX_HEADER_LEN + Integer.BYTES * (packetBytes / chunkBytes + 1);
    }

    /**
     * What goes over the wire: lengths and header, checksums, bytes (PacketReceiver).
     *
     * @param head room for header and checksums
     */
    ByteBuffer[] encode(long number, ByteBuffer head) {
        int chunks = (sizeBytes + chunkBytes - 1) / chunkBytes;
        putHeader(head, offsetInBlock, number, false, sizeBytes, chunks);
        putChecksums(head);
        ByteBuffer[] wire = new ByteBuffer[1 + pieces.size()];
        wire[0] = head.flip();
        for (int i = 0; i < pieces.size(); i++) {
            wire[i + 1] = pieces.get(i).duplicate();
        }
        return wire;
    }

    /** A packet without bytes: the end of a block, or a sign of life. */
    static ByteBuffer encodeEmpty(long number, long offsetInBlock, boolean last) {
        ByteBuffer head = ByteBuffer.allocate(PacketHeader.PKT_MAX_HEADER_LEN);
        putHeader(head, offsetInBlock, number, last, 0, 0);
        return head.flip();
    }

    private static void putHeader(
            ByteBuffer head, long offset, long number, boolean last, int size, int chunks) {
        int packetBytes = Integer.BYTES + Integer.BYTES * chunks + size;
        new PacketHeader(packetBytes, offset, number, last, size, false).putInBuffer(head.clear());
    }

    private void putChecksums(ByteBuffer out) {
        CRC32C crc = new CRC32C();
        int left = chunkBytes;
        for (ByteBuffer piece : pieces) {
            ByteBuffer bytes = piece.duplicate();
            while (bytes.position() < piece.limit()) {
                int count = Math.min(left, piece.limit() - bytes.position());
                crc.update(bytes.limit(bytes.position() + count));
                left -= count;
                if (left == 0) {
                    out.putInt((int) crc.getValue());
                    crc.reset();
                    left = chunkBytes;
                }
            }
        }
        if (left < chunkBytes) {
            out.putInt((int) crc.getValue());
        }
    }
}

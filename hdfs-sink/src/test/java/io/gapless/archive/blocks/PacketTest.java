package io.gapless.archive.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.hdfs.protocol.datatransfer.PacketHeader;
import org.apache.hadoop.util.DataChecksum;
import org.junit.jupiter.api.Test;

/** Read back with Hadoop's own header and checksums. */
class PacketTest {
    private static final int CHUNK_BYTES = 512;
    private static final DataChecksum CHECKSUM =
            DataChecksum.newDataChecksum(DataChecksum.Type.CRC32C, CHUNK_BYTES);

    private final byte[] bytes = new byte[5000];

    PacketTest() {
        new Random(1).nextBytes(bytes);
    }

    @Test
    void piecesOfAnySizeAreOnePacket() throws Exception {
        Packet packet = Packet.first(CHUNK_BYTES);
        add(packet, 0, 1, 511, 512, 1300, 1300, 3001);
        assertThat(packet.sizeBytes()).isEqualTo(3001);
        assertSends(packet, 7, 0, 3001);
    }

    @Test
    void aChunkSentInPartIsSentAgainWithWhatFollows() throws Exception {
        Packet packet = Packet.first(CHUNK_BYTES);
        add(packet, 0, 700, 1100);
        Packet second = packet.next();
        assertThat(second.isEmpty()).isTrue();
        assertThat(second.offsetInBlock()).isEqualTo(1024);

        add(second, 1100, 1101, 1200);
        assertThat(second.isEmpty()).isFalse();
        assertSends(second, 1, 1024, 1200);
        Packet third = second.next();
        assertThat(third.offsetInBlock()).isEqualTo(1024);
        add(third, 1200, 1536);
        assertSends(third, 2, 1024, 1536);
        assertThat(third.next().sizeBytes()).isZero();
    }

    @Test
    void theEndAndASignOfLifeHaveNoBytes() throws Exception {
        PacketHeader end = header(Packet.encodeEmpty(9, 4096, true));
        assertThat(end).isEqualTo(new PacketHeader(4, 4096, 9, true, 0, false));
        PacketHeader life = header(Packet.encodeEmpty(-1, 0, false));
        assertThat(life.getSeqno()).isEqualTo(-1);
        assertThat(life.isLastPacketInBlock()).isFalse();
    }

    private void add(Packet packet, int... ends) {
        for (int i = 1; i < ends.length; i++) {
            ByteBuffer piece =
                    i % 2 == 0
                            ? ByteBuffer.allocate(ends[i] - ends[i - 1])
                            : ByteBuffer.allocateDirect(ends[i] - ends[i - 1]);
            packet.add(piece.put(bytes, ends[i - 1], ends[i] - ends[i - 1]).flip());
        }
    }

    private void assertSends(Packet packet, long number, int from, int to) throws Exception {
        ByteBuffer head =
                ByteBuffer.allocateDirect(Packet.headBytes(packet.sizeBytes(), CHUNK_BYTES));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (ByteBuffer each : packet.encode(number, head)) {
            byte[] copy = new byte[each.remaining()];
            each.get(copy);
            sent.write(copy);
        }
        ByteBuffer wire = ByteBuffer.wrap(sent.toByteArray());
        PacketHeader header = header(wire);
        assertThat(header.getSeqno()).isEqualTo(number);
        assertThat(header.getOffsetInBlock()).isEqualTo(from);
        assertThat(header.getDataLen()).isEqualTo(to - from);
        int checksumBytes = CHECKSUM.getChecksumSize(to - from);
        assertThat(header.getPacketLen()).isEqualTo(4 + checksumBytes + to - from);
        ByteBuffer checksums = wire.slice(wire.position(), checksumBytes);
        ByteBuffer data = wire.slice(wire.position() + checksumBytes, to - from);
        CHECKSUM.verifyChunkedSums(data, checksums, "packet", 0);
        assertThat(data).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)));
        assertThat(wire.remaining()).isEqualTo(checksumBytes + to - from);
    }

    /** Lengths first: 4 and 2 bytes. */
    private static PacketHeader header(ByteBuffer wire) throws Exception {
        int packetBytes = wire.getInt();
        byte[] message = new byte[wire.getShort()];
        wire.get(message);
        PacketHeader header = new PacketHeader();
        header.setFieldsFromData(packetBytes, message);
        return header;
    }
}

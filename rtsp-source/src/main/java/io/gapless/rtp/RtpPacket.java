package io.gapless.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A view of one RTP packet (RFC 3550 section 5.1), used again for the next one so that a packet
 * costs no object. Valid as long as the buffer it was {@link #parse parsed} from.
 */
public final class RtpPacket {
    private static final int HEADER_BYTES = 12;

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;
    private int payloadStart;
    private int payloadEnd;

    /**
     * Looks at the packet between position and limit.
     *
     * @return whether it is RTP version 2 and its lengths make sense; nothing may be asked if not
     */
    @SuppressWarnings("ReferenceEquality") // the same object, not the same bytes
    public boolean parse(ByteBuffer packet) {
        if (bytes != packet) { // seldom another, and storing a reference costs G1 a memory fence
            bytes = packet;
        }
        start = packet.position();
        payloadEnd = packet.limit();
        if (payloadEnd - start < HEADER_BYTES || (first() & 0xC0) != 0x80) {
            return false;
        }
        payloadStart = start + HEADER_BYTES + 4 * (first() & 0x0F);
        return skipExtension() && dropPadding();
    }

    private int first() {
        return bytes.get(start);
    }

    private boolean skipExtension() {
        if ((first() & 0x10) != 0) {
            if (payloadStart + 4 > payloadEnd) {
                return false;
            }
            payloadStart += 4 + 4 * (bytes.getShort(payloadStart + 2) & 0xFFFF);
        }
        return payloadStart <= payloadEnd;
    }

    private boolean dropPadding() {
        if ((first() & 0x20) != 0 && payloadEnd > payloadStart) {
            payloadEnd -= bytes.get(payloadEnd - 1) & 0xFF;
        }
        return payloadStart <= payloadEnd;
    }

    /** Whether it is the last packet of its access unit, as far as the camera says so. */
    public boolean marker() {
        return bytes.get(start + 1) < 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return bytes.get(start + 1) & 0x7F;
    }

    /** 0 to 65535. */
    public int sequence() {
        return bytes.getShort(start + 2) & 0xFFFF;
    }

    /** 32 bits, unsigned, in the track's clock rate. */
    public int timestamp() {
        return bytes.getInt(start + 4);
    }

    public int ssrc() {
        return bytes.getInt(start + 8);
    }

    /**
     * What the header extension holds (section 5.3.1); valid as long as the packet. Empty if there
     * is none of this profile.
     */
    public Optional<ByteBuffer> extension(int profile) {
        int at = start + HEADER_BYTES + 4 * (first() & 0x0F);
        if ((first() & 0x10) == 0 || (bytes.getShort(at) & 0xFFFF) != profile) {
            return Optional.empty();
        }
        return Optional.of(bytes.slice(at + 4, 4 * (bytes.getShort(at + 2) & 0xFFFF)));
    }

    /** The packet's own buffer, narrowed to the payload. */
    public ByteBuffer payload() {
        return bytes.limit(payloadEnd).position(payloadStart);
    }
}

package io.gapless.rtp;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who sent media before a session asked for any. Servers with live555 from before June 2017 send
 * what belongs to a dead session over a new connection; so such a sender is not believed unless no
 * other appears. Owned by the session's event loop.
 */
public final class EarlySenders {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final int MOST = 8;
    private static final int HEADER_BYTES = 12;
    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private final Set<Integer> ssrcs = new LinkedHashSet<>();
    private long lastNanos;

    /**
     * @param packet RTP, or anything else, which is ignored
     */
    public void note(ByteBuffer packet, long arrivalNanos) {
        int at = packet.position();
        if (packet.remaining() < HEADER_BYTES || ssrcs.size() == MOST) {
            return;
        }
        int type = packet.get(at + 1) & 0xFF;
        boolean rtcp = type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
        if ((packet.get(at) & 0xC0) == 0x80 && !rtcp) {
            ssrcs.add(packet.getInt(at + 8));
            lastNanos = arrivalNanos;
        }
    }

    /**
     * Whether a packet belongs to a session that is over.
     *
     * @param othersSend whether another sender of the same track was heard
     */
    public boolean isDead(int ssrc, boolean othersSend, long arrivalNanos) {
        if (ssrcs.isEmpty() || !ssrcs.contains(ssrc)) {
            return false;
        }
        if (!othersSend && arrivalNanos - lastNanos >= PATIENCE_NANOS) {
            ssrcs.remove(ssrc);
            return false;
        }
        return true;
    }
}

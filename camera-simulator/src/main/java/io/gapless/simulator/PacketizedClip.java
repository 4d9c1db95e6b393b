package io.gapless.simulator;

import io.gapless.simulator.content.ClipFrame;
import io.gapless.simulator.content.VideoClip;
import io.gapless.simulator.rtp.PacketizedFrame;
import java.util.List;

/** A clip and the RTP packets of its frames. */
record PacketizedClip(VideoClip clip, List<PacketizedFrame> packets) {
    PacketizedClip {
        packets = List.copyOf(packets);
    }

    int length() {
        return packets.size();
    }

    ClipFrame frame(int index) {
        return clip.frames().get(index);
    }

    /** Whether nothing from here on needs or precedes what was before. */
    boolean startsAnew(int index) {
        return index == 0 || (frame(index).key() && !clip.format().openGop());
    }
}

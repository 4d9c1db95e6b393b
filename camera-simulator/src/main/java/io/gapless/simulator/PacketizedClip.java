package io.gapless.simulator;

import io.gapless.simulator.content.ClipFrame;
import io.gapless.simulator.content.Rendition;
import io.gapless.simulator.content.VideoClip;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.gapless.simulator.rtp.VideoPacketizer;
import java.util.ArrayList;
import java.util.List;

/** The RTP packets of a clip's frames; of the clip itself only what is not in the packets. */
record PacketizedClip(
        Rendition rendition,
        int reorderFrames,
        List<byte[]> parameterSets,
        List<Place> places,
        List<PacketizedFrame> packets) {
    /**
     * Where a frame stands in its clip.
     *
     * @param separates whether no frame from here on is presented before one that came before
     */
    record Place(boolean key, int presentation, boolean separates) {}

    PacketizedClip {
        places = List.copyOf(places);
        packets = List.copyOf(packets);
    }

    static PacketizedClip of(VideoClip clip, boolean withParameterSets) {
        VideoFormat format = clip.rendition().format();
        VideoPacketizer packetizer = new VideoPacketizer(format.codec(), withParameterSets);
        return new PacketizedClip(
                clip.rendition(),
                clip.reorderFrames(),
                clip.parameterSets(),
                places(clip.frames()),
                clip.frames().stream().map(packetizer::packetize).toList());
    }

    private static List<Place> places(List<ClipFrame> frames) {
        List<Place> places = new ArrayList<>();
        int presented = 0;
        for (ClipFrame frame : frames) {
            boolean separates = presented == places.size();
            places.add(new Place(frame.key(), frame.presentation(), separates));
            presented = Math.max(presented, frame.presentation() + 1);
        }
        return places;
    }

    VideoFormat format() {
        return rendition.format();
    }

    int length() {
        return packets.size();
    }

    /** Whether nothing from here on needs or precedes what was before. */
    boolean startsAnew(int index) {
        return index == 0 || (places.get(index).key() && !format().openGop());
    }
}

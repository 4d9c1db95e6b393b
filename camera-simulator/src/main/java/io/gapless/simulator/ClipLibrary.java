package io.gapless.simulator;

import io.gapless.simulator.content.AudioClip;
import io.gapless.simulator.content.AudioEncoding;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoClip;
import io.gapless.simulator.content.VideoEncoding;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtp.PacketizedFrame;
import io.gapless.simulator.rtp.VideoPacketizer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clips, each encoded once, when it is first asked for. Give one library to several {@link
 * SimulatedCameras} to spare encoding again. For any thread.
 */
public final class ClipLibrary {
    private record Key(VideoFormat format, boolean withParameterSets) {}

    private final Map<VideoFormat, VideoClip> encoded = new ConcurrentHashMap<>();
    private final Map<Key, PacketizedClip> packetized = new ConcurrentHashMap<>();
    private final Map<AudioFormat, AudioClip> audio = new ConcurrentHashMap<>();

    PacketizedClip video(VideoFormat format, boolean withParameterSets) {
        return packetized.computeIfAbsent(new Key(format, withParameterSets), this::packetize);
    }

    AudioClip audio(AudioFormat format) {
        return audio.computeIfAbsent(format, AudioEncoding::encode);
    }

    private PacketizedClip packetize(Key key) {
        VideoClip clip = encoded.computeIfAbsent(key.format, VideoEncoding::encode);
        VideoPacketizer packetizer = new VideoPacketizer(key.format.codec(), key.withParameterSets);
        List<PacketizedFrame> frames = clip.frames().stream().map(packetizer::packetize).toList();
        return new PacketizedClip(clip, frames);
    }
}

package io.gapless.simulator;

import io.gapless.simulator.content.AudioClip;
import io.gapless.simulator.content.AudioEncoding;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.Rendition;
import io.gapless.simulator.content.VideoEncoding;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clips, each encoded once, when it is first asked for. Give one library to several {@link
 * SimulatedCameras} to spare encoding again. A clip takes its bit rate times its length of memory,
 * off the heap: at least four seconds, and at least one GOP. For any thread.
 */
public final class ClipLibrary {
    private record Key(Rendition rendition, boolean withParameterSets) {}

    private final Map<Key, PacketizedClip> video = new ConcurrentHashMap<>();
    private final Map<AudioFormat, AudioClip> audio = new ConcurrentHashMap<>();

    PacketizedClip video(Rendition rendition, boolean withParameterSets) {
        return video.computeIfAbsent(
                new Key(rendition, withParameterSets),
                key ->
                        PacketizedClip.of(
                                VideoEncoding.encode(key.rendition), key.withParameterSets));
    }

    AudioClip audio(AudioFormat format) {
        return audio.computeIfAbsent(format, AudioEncoding::encode);
    }
}

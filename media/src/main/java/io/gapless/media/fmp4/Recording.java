package io.gapless.media.fmp4;

import io.gapless.media.ByteSource;
import io.gapless.media.Interruption;
import io.gapless.media.StreamConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a recording holds, without its video.
 *
 * @param configurations of its initialisation segment: one, or none if that is torn
 * @param fragments all whole fragments, in the order of the file
 * @param interruptions all run ends, in the order of the file
 * @param completeBytes where its last whole box ends; what follows is a torn tail
 * @param indexed whether it was finished by its writer, so that all this stood in its index
 */
public record Recording(
        List<StreamConfiguration> configurations,
        List<StoredFragment> fragments,
        List<Interruption> interruptions,
        long completeBytes,
        boolean indexed) {
    public Recording {
        configurations = List.copyOf(configurations);
        fragments = List.copyOf(fragments);
        interruptions = List.copyOf(interruptions);
    }

    /**
     * Reads the index in two reads if there is one, else walks from box to box with one small read
     * for each fragment. Reads no video (of a growing recording the last 52 bytes, which might have
     * been a trailer's). Whatever stands in the file, the result is what can be made out of its
     * beginning.
     *
     * @throws IOException if reading fails, for no other reason
     */
    public static Recording read(ByteSource source) throws IOException {
        Optional<IndexBox> index = RecordingTrailer.read(source);
        if (index.isEmpty()) {
            return new RecordingWalk(source).walk();
        }
        return new Recording(
                index.get().configurations(),
                index.get().fragments(),
                index.get().interruptions(),
                source.sizeBytes(),
                true);
    }

    /**
     * What stands in a recording without index that has grown since this was read. Reads on where
     * this ends, and all of it only if {@code source} is shorter than that.
     *
     * @param source the same recording, opened again
     * @throws IOException if reading fails, for no other reason
     */
    public Recording grown(ByteSource source) throws IOException {
        return indexed || source.sizeBytes() < completeBytes
                ? read(source)
                : new RecordingWalk(source, this).walk();
    }
}

package io.gapless.media.stitch;

import java.util.Arrays;

/**
 * Moments between two frames of the camera, where recorders cut their fragments. Cuts of several
 * recorders are joined once they are known to be the same moment, whatever their clocks say.
 */
final class Cuts {
    private int[] parents = new int[64];
    private int count;

    /** As many new ones, each a moment of its own. */
    int add(int more) {
        int first = count;
        count += more;
        if (count > parents.length) {
            parents = Arrays.copyOf(parents, Math.max(count, 2 * parents.length));
        }
        for (int i = first; i < count; i++) {
            parents[i] = i;
        }
        return first;
    }

    void join(int one, int other) {
        parents[find(one)] = find(other);
    }

    /** The moment that a cut belongs to. */
    int find(int cut) {
        int at = cut;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}

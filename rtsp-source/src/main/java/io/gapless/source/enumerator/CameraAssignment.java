package io.gapless.source.enumerator;

import io.gapless.media.CameraId;
import io.gapless.source.split.CameraPlacement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which camera each reader was told to record. The owner of a camera follows from its name alone
 * ({@link CameraPlacement}), so there is nothing to lose and nothing to argue about:
 *
 * <ul>
 *   <li>A reader that registers holds nothing (FLIP-537) and is told all its cameras again. A
 *       checkpoint between the two (FLINK-40469) holds the whole list, not what was assigned.
 *   <li>What a reader reports from its state never makes it an owner (FLINK-40710); it only names
 *       cameras, for as long as no catalogue could be read.
 * </ul>
 *
 * <p>Orders may be repeated: readers ignore what they know. Owned by the coordinator's thread.
 */
final class CameraAssignment {
    private final CameraPlacement placement;
    private final Set<CameraId> wanted;
    private final Map<Integer, Set<CameraId>> held = new HashMap<>();
    private boolean catalogueRead;

    /** What one reader has to be told. */
    record Orders(List<CameraId> record, List<CameraId> stop) {
        boolean isEmpty() {
            return record.isEmpty() && stop.isEmpty();
        }
    }

    /**
     * @param restored the list of an earlier checkpoint, in force until a catalogue is read
     */
    CameraAssignment(CameraPlacement placement, Collection<CameraId> restored) {
        this.placement = placement;
        this.wanted = new TreeSet<>(restored);
    }

    /** A catalogue was read: these are all the cameras to record. */
    void catalogue(Collection<CameraId> cameras) {
        catalogueRead = true;
        wanted.clear();
        wanted.addAll(cameras);
    }

    /** A reader has (re)started and reports what its state named. */
    void registered(int subtask, Collection<CameraId> reported) {
        held.put(subtask, new TreeSet<>());
        if (!catalogueRead) {
            wanted.addAll(reported);
        }
    }

    /** A reader has not got, or will not take, these cameras. */
    void givenBack(int subtask, Collection<CameraId> cameras) {
        Set<CameraId> holds = held.get(subtask);
        if (holds != null) {
            holds.removeAll(cameras);
        }
    }

    /** What each of the {@code ready} readers has to be told, where there is anything to tell. */
    Map<Integer, Orders> orders(Set<Integer> ready) {
        Map<Integer, Set<CameraId>> due = new TreeMap<>();
        wanted.forEach(
                camera ->
                        due.computeIfAbsent(placement.owner(camera), s -> new TreeSet<>())
                                .add(camera));
        Map<Integer, Orders> orders = new TreeMap<>();
        for (int subtask : ready) {
            Set<CameraId> should = due.getOrDefault(subtask, Set.of());
            Set<CameraId> does = held.getOrDefault(subtask, Set.of());
            Orders each = new Orders(without(should, does), without(does, should));
            if (!each.isEmpty()) {
                orders.put(subtask, each);
            }
        }
        return orders;
    }

    /** A reader has been told. */
    void told(int subtask, Orders orders) {
        Set<CameraId> holds = held.computeIfAbsent(subtask, s -> new TreeSet<>());
        holds.addAll(orders.record());
        holds.removeAll(Set.copyOf(orders.stop()));
    }

    /** All cameras to record, whether or not they are assigned. */
    List<CameraId> cameras() {
        return List.copyOf(wanted);
    }

    private static List<CameraId> without(Set<CameraId> all, Set<CameraId> some) {
        return all.stream().filter(camera -> !some.contains(camera)).toList();
    }
}

package io.gapless.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.source.enumerator.CameraAssignment.Orders;
import io.gapless.source.split.CameraPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CameraAssignmentTest {
    private static final List<CameraId> CAMERAS =
            IntStream.range(0, 40).mapToObj(i -> new CameraId("camera-" + i)).toList();

    private final CameraPlacement two = new CameraPlacement(4096, 2);

    @Test
    void eachCameraGoesToItsOwnerOnce() {
        CameraAssignment assignment = started(two, CAMERAS);
        Map<Integer, Orders> orders = tellAll(assignment, Set.of(0, 1));
        assertThat(orders.get(0).record()).isEqualTo(owned(two, 0));
        assertThat(orders.get(1).record()).isEqualTo(owned(two, 1));
        assertThat(assignment.orders(Set.of(0, 1))).isEmpty();
    }

    @Test
    void aReaderThatIsNotReadyGetsItsCamerasWhenItIs() {
        CameraAssignment assignment = started(two, CAMERAS);
        assertThat(tellAll(assignment, Set.of(0))).containsOnlyKeys(0);
        assertThat(tellAll(assignment, Set.of(0, 1))).containsOnlyKeys(1);
    }

    @Test
    void ordersThatCouldNotBeSentAreGivenAgain() {
        CameraAssignment assignment = started(two, CAMERAS);
        assertThat(assignment.orders(Set.of(0))).isEqualTo(assignment.orders(Set.of(0)));
    }

    @Test
    void aChangedCatalogueConcernsOnlyTheOwners() {
        CameraAssignment assignment = started(two, CAMERAS);
        tellAll(assignment, Set.of(0, 1));
        CameraId removed = owned(two, 0).get(0);
        CameraId added =
                IntStream.range(0, 100)
                        .mapToObj(i -> new CameraId("new-" + i))
                        .filter(camera -> two.owner(camera) == 1)
                        .findFirst()
                        .orElseThrow();
        List<CameraId> changed = new ArrayList<>(CAMERAS);
        changed.remove(removed);
        changed.add(added);
        assignment.catalogue(changed);
        assertThat(tellAll(assignment, Set.of(0, 1)))
                .isEqualTo(
                        Map.of(
                                0, new Orders(List.of(), List.of(removed)),
                                1, new Orders(List.of(added), List.of())));
    }

    @Test
    void aReaderThatRestartsIsToldEverythingAgainAndTheOthersNothing() {
        CameraAssignment assignment = started(two, CAMERAS);
        tellAll(assignment, Set.of(0, 1));
        assignment.givenBack(1, owned(two, 1).subList(0, 3));
        assignment.registered(1, owned(two, 1));
        assertThat(tellAll(assignment, Set.of(0, 1)))
                .isEqualTo(Map.of(1, new Orders(owned(two, 1), List.of())));
    }

    /** FLINK-40469: a checkpoint between registration and assignment must lose no camera. */
    @Test
    void checkpointInsideTheRecoveryWindowHoldsEveryCamera() {
        CameraAssignment assignment = new CameraAssignment(two, CAMERAS);
        assignment.registered(0, owned(two, 0));
        assertThat(assignment.cameras()).containsExactlyInAnyOrderElementsOf(CAMERAS);

        CameraAssignment next = new CameraAssignment(two, assignment.cameras());
        next.registered(0, List.of());
        next.registered(1, List.of());
        tellAll(next, Set.of(0, 1));
        assertThat(next.cameras()).containsExactlyInAnyOrderElementsOf(CAMERAS);
    }

    /** FLINK-40710: a restarted reader reports a camera that another one records by now. */
    @Test
    void aReportDoesNotTakeACameraFromItsOwner() {
        CameraAssignment assignment = started(two, CAMERAS);
        tellAll(assignment, Set.of(0, 1));
        assignment.registered(1, CAMERAS);
        assertThat(tellAll(assignment, Set.of(0, 1)))
                .isEqualTo(Map.of(1, new Orders(owned(two, 1), List.of())));
    }

    @Test
    void rescaledFrom4To3EveryCameraIsOnItsOwnerWhoeverReportsIt() {
        CameraPlacement four = new CameraPlacement(4096, 4);
        CameraPlacement three = new CameraPlacement(4096, 3);
        CameraAssignment assignment = new CameraAssignment(three, List.of());
        // Round robin, as list state comes back: two old subtasks end up on one new one.
        assignment.registered(0, join(owned(four, 0), owned(four, 3)));
        assignment.registered(1, owned(four, 1));
        assignment.registered(2, owned(four, 2));
        Map<Integer, Orders> orders = tellAll(assignment, Set.of(0, 1, 2));
        IntStream.range(0, 3)
                .forEach(i -> assertThat(orders.get(i).record()).isEqualTo(owned(three, i)));
    }

    @Test
    void withoutACatalogueReportsNameTheCameras() {
        CameraAssignment assignment = new CameraAssignment(two, List.of());
        assignment.registered(0, owned(two, 0).subList(0, 2));
        assertThat(tellAll(assignment, Set.of(0)).get(0).record())
                .isEqualTo(owned(two, 0).subList(0, 2));
    }

    @Test
    void aCatalogueOverrulesStateAndReports() {
        CameraAssignment assignment = new CameraAssignment(two, CAMERAS);
        assignment.catalogue(CAMERAS.subList(0, 1));
        assignment.registered(0, CAMERAS);
        assignment.registered(1, CAMERAS);
        tellAll(assignment, Set.of(0, 1));
        assertThat(assignment.cameras()).isEqualTo(CAMERAS.subList(0, 1));
    }

    private static CameraAssignment started(CameraPlacement placement, List<CameraId> cameras) {
        CameraAssignment assignment = new CameraAssignment(placement, List.of());
        assignment.catalogue(cameras);
        IntStream.range(0, placement.parallelism())
                .forEach(subtask -> assignment.registered(subtask, List.of()));
        return assignment;
    }

    private static Map<Integer, Orders> tellAll(CameraAssignment assignment, Set<Integer> ready) {
        Map<Integer, Orders> orders = assignment.orders(ready);
        orders.forEach(assignment::told);
        return orders;
    }

    private static List<CameraId> owned(CameraPlacement placement, int subtask) {
        return CAMERAS.stream().filter(c -> placement.owner(c) == subtask).sorted().toList();
    }

    private static List<CameraId> join(List<CameraId> a, List<CameraId> b) {
        List<CameraId> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}

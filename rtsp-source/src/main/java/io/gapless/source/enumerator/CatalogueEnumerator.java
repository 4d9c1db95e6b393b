package io.gapless.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueCamera;
import io.gapless.source.catalogue.CatalogueException;
import io.gapless.source.catalogue.CatalogueFile;
import io.gapless.source.enumerator.CameraAssignment.Orders;
import io.gapless.source.split.CameraPlacement;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CamerasRefused;
import io.gapless.source.split.CamerasToStop;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the catalogue again and again and tells each reader which cameras to record. An exception
 * out of any callback would restart every camera of the job, so none leaves: it is logged, and the
 * next reading tries again.
 *
 * <p>All callbacks run on the coordinator's thread, except the reading itself.
 */
public final class CatalogueEnumerator implements SplitEnumerator<CameraSplit, CatalogueState> {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueEnumerator.class);

    private final SplitEnumeratorContext<CameraSplit> context;
    private final RtspSourceOptions options;
    private final CatalogueFile file;
    private final CameraAssignment assignment;

    /** What is wrong with the catalogue, or empty; so that it is logged once. */
    private String complaint = "";

    public CatalogueEnumerator(
            SplitEnumeratorContext<CameraSplit> context,
            RtspSourceOptions options,
            CatalogueState restored) {
        this.context = requireNonNull(context, "context is null");
        this.options = requireNonNull(options, "options is null");
        this.file = new CatalogueFile(Path.of(options.catalogue()));
        this.assignment =
                new CameraAssignment(
                        new CameraPlacement(options.maxParallelism(), context.currentParallelism()),
                        restored.cameras());
    }

    @Override
    public void start() {
        context.callAsync(
                file::poll, this::catalogueRead, 0, options.catalogueInterval().toMillis());
    }

    private void catalogueRead(Optional<Catalogue> read, Throwable failure) {
        guarded(
                "the catalogue",
                () -> {
                    if (failure != null) {
                        complain(failure);
                    } else {
                        complaint = "";
                        read.ifPresent(this::accept);
                    }
                    tellReaders();
                });
    }

    private void accept(Catalogue catalogue) {
        List<CameraId> cameras =
                catalogue.cameras().stream()
                        .map(CatalogueCamera::id)
                        .filter(options.shard()::contains)
                        .toList();
        LOG.info(
                "catalogue {} has {} cameras for shard {}",
                options.catalogue(),
                cameras.size(),
                options.shard());
        assignment.catalogue(cameras);
    }

    private void complain(Throwable failure) {
        // Only the catalogue's own exceptions are known to hold no password.
        String reason =
                failure instanceof CatalogueException
                        ? failure.getMessage()
                        : options.catalogue() + ": " + failure.getClass().getName();
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.warn("{}; {} cameras stay as they are", reason, assignment.cameras().size());
        }
    }

    @Override
    public void addReader(int subtask) {
        guarded(
                "reader " + subtask,
                () -> {
                    ReaderInfo reader = context.registeredReaders().get(subtask);
                    List<CameraSplit> reported =
                            reader == null ? List.of() : reader.getReportedSplitsOnRegistration();
                    assignment.registered(subtask, cameras(reported));
                    tellReaders();
                });
    }

    @Override
    public void addSplitsBack(List<CameraSplit> splits, int subtask) {
        guarded("reader " + subtask, () -> assignment.givenBack(subtask, cameras(splits)));
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        guarded(
                "reader " + subtask,
                () -> {
                    if (event instanceof CamerasRefused refused) {
                        LOG.error("reader {} does not own cameras {}", subtask, refused.cameras());
                        assignment.givenBack(subtask, refused.ids());
                    }
                });
    }

    /** Readers never ask: cameras are assigned as they appear. */
    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public CatalogueState snapshotState(long checkpoint) {
        return new CatalogueState(assignment.cameras());
    }

    @Override
    public void close() {}

    private void tellReaders() {
        for (Map.Entry<Integer, Orders> orders :
                assignment.orders(context.registeredReaders().keySet()).entrySet()) {
            guarded("reader " + orders.getKey(), () -> tell(orders.getKey(), orders.getValue()));
        }
    }

    private void tell(int subtask, Orders orders) {
        if (!orders.record().isEmpty()) {
            List<CameraSplit> splits = orders.record().stream().map(CameraSplit::new).toList();
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        }
        if (!orders.stop().isEmpty()) {
            context.sendEventToSourceReader(subtask, CamerasToStop.of(orders.stop()));
        }
        assignment.told(subtask, orders);
    }

    private static void guarded(String subject, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("could not deal with {}; trying again at the next reading", subject, e);
        }
    }

    private static List<CameraId> cameras(Collection<CameraSplit> splits) {
        return splits.stream().map(CameraSplit::camera).toList();
    }
}

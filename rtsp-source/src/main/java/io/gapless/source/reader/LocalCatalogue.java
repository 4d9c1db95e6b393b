package io.gapless.source.reader;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueCamera;
import io.gapless.source.catalogue.CatalogueException;
import io.gapless.source.catalogue.CatalogueFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue as this host has it, with this host's passwords: the part about the cameras of one
 * subtask. Passwords in files are read again each time, so a new one is noticed too. One thread at
 * a time.
 */
final class LocalCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCatalogue.class);

    private final String path;
    private final CatalogueFile file;
    private final Origin origin;
    private final Predicate<CameraId> owned;
    private Collection<CatalogueCamera> cameras = List.of();
    private Map<CameraId, CameraOrder> orders = Map.of();
    private String complaint = "";

    LocalCatalogue(String path, Origin origin, Predicate<CameraId> owned) {
        this.path = path;
        this.origin = origin;
        this.file = new CatalogueFile(Path.of(path));
        this.owned = owned;
    }

    /** The orders for all owned cameras if they differ from the last ones. Reads files. */
    Optional<Map<CameraId, CameraOrder>> poll() {
        readFile();
        Map<CameraId, CameraOrder> now = new HashMap<>();
        for (CatalogueCamera camera : cameras) {
            now.put(camera.id(), order(camera));
        }
        if (now.equals(orders)) {
            return Optional.empty();
        }
        orders = Map.copyOf(now);
        return Optional.of(orders);
    }

    private void readFile() {
        try {
            Optional<Catalogue> changed = file.poll();
            changed.ifPresent(
                    catalogue ->
                            cameras =
                                    catalogue.cameras().stream()
                                            .filter(camera -> owned.test(camera.id()))
                                            .toList());
            complaint = "";
        } catch (CatalogueException e) {
            complain(e.getMessage());
        } catch (RuntimeException e) {
            // Its message may quote the file.
            complain(path + ": " + e.getClass().getName());
        }
    }

    private void complain(String reason) {
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.warn("{}; the cameras of this subtask stay as they are", reason);
        }
    }

    private CameraOrder order(CatalogueCamera camera) {
        try {
            return new CameraOrder.Dial(camera.settings(origin));
        } catch (CatalogueException e) {
            return new CameraOrder.Unusable(e.getMessage());
        }
    }
}

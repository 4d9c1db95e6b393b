package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.source.CameraEventTypeInfo;
import io.gapless.source.enumerator.CatalogueEnumerator;
import io.gapless.source.enumerator.CatalogueState;
import io.gapless.source.enumerator.CatalogueStateSerializer;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CameraSplitSerializer;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What the archive lacks and rings hold, as fragments in their place on the primary's timeline. Its
 * splits are the cameras of the catalogue, and that is all its state: what is missing is read from
 * the archive, always anew.
 */
public final class GapSource
        implements Source<CameraEvent, CameraSplit, CatalogueState>,
                ResultTypeQueryable<CameraEvent>,
                SupportsSplitReassignmentOnRecovery {
    private static final long serialVersionUID = 1L;

    /** Names this source in the processes that run it, through all restarts of its tasks. */
    private final UUID id = UUID.randomUUID();

    private final GapSourceOptions options;

    public GapSource(GapSourceOptions options) {
        this.options = requireNonNull(options, "options is null");
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<CameraEvent, CameraSplit> createReader(SourceReaderContext context) {
        return new GapReader(context, SharedBackfill.acquire(id, options), options);
    }

    @Override
    public SplitEnumerator<CameraSplit, CatalogueState> createEnumerator(
            SplitEnumeratorContext<CameraSplit> context) {
        return restoreEnumerator(context, new CatalogueState(List.of()));
    }

    @Override
    public SplitEnumerator<CameraSplit, CatalogueState> restoreEnumerator(
            SplitEnumeratorContext<CameraSplit> context, CatalogueState state) {
        return new CatalogueEnumerator(context, options.cameras(), state);
    }

    @Override
    public SimpleVersionedSerializer<CameraSplit> getSplitSerializer() {
        return new CameraSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<CatalogueState> getEnumeratorCheckpointSerializer() {
        return new CatalogueStateSerializer();
    }

    @Override
    public TypeInformation<CameraEvent> getProducedType() {
        return CameraEventTypeInfo.INSTANCE;
    }
}

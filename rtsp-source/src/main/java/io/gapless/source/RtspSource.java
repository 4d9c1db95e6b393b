package io.gapless.source;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.source.enumerator.CatalogueEnumerator;
import io.gapless.source.enumerator.CatalogueState;
import io.gapless.source.enumerator.CatalogueStateSerializer;
import io.gapless.source.reader.RecorderFactory;
import io.gapless.source.reader.RtspRecorder;
import io.gapless.source.reader.RtspSourceReader;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CameraSplitSerializer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
 * What RTSP cameras send, as fragments and interruptions. Cameras come and go with the catalogue
 * file while the job runs. Each camera is recorded by the subtask to which {@code keyBy} with
 * {@link io.gapless.source.split.CameraPlacement#key} would send it, also after a recovery at
 * another parallelism (FLIP-537), so a keyed operator can be chained to this source.
 *
 * <p>The events carry no timestamps and no watermarks: one camera's clock must not hold up another.
 */
public final class RtspSource
        implements Source<CameraEvent, CameraSplit, CatalogueState>,
                ResultTypeQueryable<CameraEvent>,
                SupportsSplitReassignmentOnRecovery {
    private static final long serialVersionUID = 1L;

    /** Names this source in the processes that run it, through all restarts of its tasks. */
    private final UUID id = UUID.randomUUID();

    private final RtspSourceOptions options;
    private final RecorderFactory recorders;

    public RtspSource(RtspSourceOptions options) {
        this(options, RtspRecorder::new);
    }

    /**
     * @param recorders makes what records a camera, instead of RTSP
     */
    public RtspSource(RtspSourceOptions options, RecorderFactory recorders) {
        this.options = requireNonNull(options, "options is null");
        this.recorders = requireNonNull(recorders, "recorders is null");
    }

    /**
     * Ends recording in this process for good, of all sources, in good order: hangs up all cameras
     * and hands on what they sent, followed by an interruption {@link
     * io.gapless.media.GapCause#RECORDER_STOPPED}. For a process that is about to stop its own job
     * with a savepoint; Flink does not tell a source why it is stopped.
     *
     * @return completes when everything has left the source; wait for it with a deadline
     */
    public static CompletableFuture<Void> stopRecording() {
        return RtspSourceReader.stopRecording();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<CameraEvent, CameraSplit> createReader(SourceReaderContext context) {
        return new RtspSourceReader(context, id, options, recorders);
    }

    @Override
    public SplitEnumerator<CameraSplit, CatalogueState> createEnumerator(
            SplitEnumeratorContext<CameraSplit> context) {
        return restoreEnumerator(context, new CatalogueState(List.of()));
    }

    @Override
    public SplitEnumerator<CameraSplit, CatalogueState> restoreEnumerator(
            SplitEnumeratorContext<CameraSplit> context, CatalogueState state) {
        return new CatalogueEnumerator(context, options, state);
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

package io.gapless.source;

import io.gapless.media.CameraEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Hands events from operator to operator as they are and refuses everything else: video that would
 * be serialized is video that would cross the network or lie in a state, and a topology that asks
 * for that is wrong.
 */
public final class CameraEventSerializer extends TypeSerializerSingleton<CameraEvent> {
    public static final CameraEventSerializer INSTANCE = new CameraEventSerializer();
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Not an instance: nothing is ever deserialized into one. */
    @Override
    public CameraEvent createInstance() {
        throw refusal();
    }

    @Override
    public CameraEvent copy(CameraEvent from) {
        return from;
    }

    @Override
    public CameraEvent copy(CameraEvent from, CameraEvent reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(CameraEvent event, DataOutputView target) throws IOException {
        throw refusal();
    }

    @Override
    public CameraEvent deserialize(DataInputView source) throws IOException {
        throw refusal();
    }

    @Override
    public CameraEvent deserialize(CameraEvent reuse, DataInputView source) throws IOException {
        throw refusal();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        throw refusal();
    }

    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException(
                "video never crosses the network between tasks: keep source, continuity and sink in one chain, without keyBy or rebalance");
    }

    @Override
    public TypeSerializerSnapshot<CameraEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** For completeness; no state holds an event. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}

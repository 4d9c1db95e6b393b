package io.gapless.job;

import io.gapless.media.CameraEvent;
import io.gapless.media.MediaTime;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins each camera's runs to one timeline, across restarts of the recorder. Everything that comes
 * is handed on, at once and without a copy; only headers change. What it must remember of a camera
 * is a few numbers in keyed state; if they are lost or old, a gap's cause is less exact and nothing
 * else is.
 */
final class Continuity extends KeyedProcessFunction<String, CameraEvent, CameraEvent> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<CameraHistory> history;
    private transient RunJoiner joiner;
    private transient InstantSource wallClock;

    @Override
    public void open(OpenContext context) {
        history =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "history", TypeInformation.of(CameraHistory.class)));
        wallClock = InstantSource.system();
        joiner = new RunJoiner(UUID.randomUUID().toString());
    }

    @Override
    public void processElement(CameraEvent event, Context context, Collector<CameraEvent> out)
            throws IOException {
        CameraHistory known = history.value();
        RunJoiner.Joined joined =
                joiner.join(
                        known == null ? CameraHistory.NONE : known,
                        event,
                        MediaTime.of(wallClock.instant()));
        history.update(joined.history());
        out.collect(joined.event());
    }
}

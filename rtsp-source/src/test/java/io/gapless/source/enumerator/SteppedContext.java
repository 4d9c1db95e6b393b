package io.gapless.source.enumerator;

import io.gapless.source.split.CameraSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A coordinator that does nothing until the test says so. */
final class SteppedContext implements SplitEnumeratorContext<CameraSplit> {
    final Map<Integer, List<String>> assigned = new LinkedHashMap<>();
    final Map<Integer, List<SourceEvent>> events = new LinkedHashMap<>();
    boolean gatewaysFail;

    private final int parallelism;
    private final Map<Integer, ReaderInfo> readers = new LinkedHashMap<>();
    private Runnable periodic = () -> {};

    SteppedContext(int parallelism) {
        this.parallelism = parallelism;
    }

    void register(int subtask, List<CameraSplit> reported) {
        readers.put(subtask, ReaderInfo.createReaderInfo(subtask, "host", reported));
        assigned.put(subtask, new ArrayList<>());
        events.put(subtask, new ArrayList<>());
    }

    void unregister(int subtask) {
        readers.remove(subtask);
    }

    /** Lets the interval of the periodic call pass once. */
    void tick() {
        periodic.run();
    }

    @Override
    public void assignSplits(SplitsAssignment<CameraSplit> splits) {
        requireGateways();
        splits.assignment()
                .forEach(
                        (subtask, each) -> {
                            if (!readers.containsKey(subtask)) {
                                throw new IllegalArgumentException("not registered: " + subtask);
                            }
                            each.forEach(s -> assigned.get(subtask).add(s.splitId()));
                        });
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        requireGateways();
        events.get(subtask).add(event);
    }

    private void requireGateways() {
        if (gatewaysFail) {
            throw new IllegalStateException("subtask is not ready");
        }
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
        periodic = () -> callOnce(callable, handler);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        callOnce(callable, handler);
    }

    private static <T> void callOnce(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = callable.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        throw new UnsupportedOperationException("cameras never end");
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }
}

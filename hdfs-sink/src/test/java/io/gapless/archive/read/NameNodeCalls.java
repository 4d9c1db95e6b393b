package io.gapless.archive.read;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.fs.StorageStatistics.LongStatistic;
import org.apache.hadoop.hdfs.DFSOpsCountStatistics;

/** Counts the operations with which this process has asked a NameNode, by name. */
final class NameNodeCalls {
    private NameNodeCalls() {}

    static Map<String, Long> count() {
        Map<String, Long> calls = new TreeMap<>();
        Iterator<LongStatistic> statistics =
                GlobalStorageStatistics.INSTANCE
                        .get(DFSOpsCountStatistics.NAME)
                        .getLongStatistics();
        while (statistics.hasNext()) {
            LongStatistic statistic = statistics.next();
            calls.put(statistic.getName(), statistic.getValue());
        }
        return calls;
    }

    /** What came between two counts. */
    static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> calls = new TreeMap<>();
        after.forEach(
                (call, count) -> {
                    long more = count - before.getOrDefault(call, 0L);
                    if (more > 0) {
                        calls.put(call, more);
                    }
                });
        return calls;
    }
}

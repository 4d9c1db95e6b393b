package io.gapless.archive.read;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Counts the calls that a NameNode in this JVM has answered, by name, from its own metrics. */
final class NameNodeCalls {
    private static final String SUFFIX = "NumOps";

    private NameNodeCalls() {}

    static Map<String, Long> count(int port) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name =
                new ObjectName("Hadoop:service=NameNode,name=RpcDetailedActivityForPort" + port);
        Map<String, Long> calls = new TreeMap<>();
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
            if (attribute.getName().endsWith(SUFFIX)) {
                String call = attribute.getName().replace(SUFFIX, "");
                calls.put(
                        call, ((Number) beans.getAttribute(name, attribute.getName())).longValue());
            }
        }
        return calls;
    }

    /**
     * What came between two counts, without what DataNodes and lease renewers call by themselves.
     */
    static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> calls = new TreeMap<>();
        after.forEach(
                (call, count) -> {
                    long more = count - before.getOrDefault(call, 0L);
                    if (more > 0
                            && !call.matches(
                                    "SendHeartbeat|RenewLease|BlockReport.*|.*Deferred.*|BlockReceived.*|Overall.*")) {
                        calls.put(call, more);
                    }
                });
        return calls;
    }
}

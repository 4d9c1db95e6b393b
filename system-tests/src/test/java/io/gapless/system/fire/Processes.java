package io.gapless.system.fire;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All processes of a site by name. None of them outlives this one, unless this one is killed with
 * SIGKILL.
 */
final class Processes implements AutoCloseable {
    private static final String HDFS = "hdfs";
    private static final long KEEP_MILLIS = 1_000;

    private final Map<String, SiteProcess> processes = new LinkedHashMap<>();
    private final OnExit started = new OnExit(this::endAll);
    private final Thread keeper = new Thread(this::keep, "keep processes");

    Processes() {
        keeper.setDaemon(true);
        keeper.start();
    }

    void start(String name, SiteProcess.Launch launch) throws IOException, InterruptedException {
        SiteProcess process = new SiteProcess(name, launch);
        synchronized (processes) {
            processes.put(name, process);
        }
        process.start();
    }

    /** A process, or those of a group: {@code primary}, {@code hdfs}, {@code datanodes}. */
    List<SiteProcess> named(String target) {
        List<SiteProcess> found =
                all().stream().filter(process -> belongs(process.name(), target)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no process is named '" + target + "'");
        }
        return found;
    }

    private static boolean belongs(String name, String target) {
        String group = target.endsWith("s") ? target.substring(0, target.length() - 1) : target;
        return name.equals(target)
                || name.startsWith(group + "-")
                || (target.equals(HDFS)
                        && (name.equals("namenode") || name.startsWith("datanode")));
    }

    List<SiteProcess> all() {
        synchronized (processes) {
            return List.copyOf(processes.values());
        }
    }

    private void keep() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (SiteProcess process : all()) {
                    keep(process);
                }
                Thread.sleep(KEEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keep(SiteProcess process) throws InterruptedException {
        try {
            if (process.keep()) {
                System.out.printf("  %s had ended and was started again%n", process.name());
            }
        } catch (IOException e) {
            System.out.printf("  %s cannot be started again: %s%n", process.name(), e);
        }
    }

    private void endAll() {
        keeper.interrupt();
        all().forEach(SiteProcess::end);
    }

    @Override
    public void close() {
        started.close();
        try {
            for (SiteProcess process : all()) {
                process.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.gapless.system.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Processor time of whole processes, as the kernel accounts it ({@code proc(5)}). */
final class ProcessCpu {
    /** USER_HZ, fixed to 100 in the kernel's interface on all of Linux's usual architectures. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private ProcessCpu() {}

    /** User and system seconds of all threads so far, dead threads included. */
    static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The command name, in parentheses, may contain spaces; fields count from behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    static double seconds(Collection<Long> pids) throws IOException {
        double sum = 0;
        for (long pid : pids) {
            sum += seconds(pid);
        }
        return sum;
    }

    /** The most physical memory that the process ever held, as the kernel says it. */
    static String residentMemory(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElseThrow();
    }
}

package io.gapless.system.fire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the Java program of a jar that Maven brought. */
final class JavaProcess {
    private JavaProcess() {}

    /**
     * @param directory of its log and its output
     */
    static Process start(
            Path directory, String name, List<String> jvm, String classPath, String... main)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-Dlog.file=" + directory.resolve(name + ".log"));
        command.add("-cp");
        command.add(classPath);
        command.addAll(List.of(main));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".out").toFile()))
                .start();
    }
}

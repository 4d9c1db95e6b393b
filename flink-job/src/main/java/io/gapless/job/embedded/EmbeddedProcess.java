package io.gapless.job.embedded;

import io.gapless.simulator.SimulateCommand;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Entry of the processes that {@code nvr up} starts: {@code EmbeddedProcess MEMBER DIR [ARGUMENT
 * …]}. Each ends when its standard input ends.
 */
public final class EmbeddedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedProcess.class);

    private EmbeddedProcess() {}

    /** Exits with 1 if the member cannot do its work; the log says why. */
    public static void main(String[] args) {
        try {
            run(
                    Member.parse(args[0]),
                    new DataDirectory(Path.of(args[1])),
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (Exception e) { // the edge of the process: half-started servers would keep it alive
            LOG.error("{} ends", args[0], e);
            System.exit(1);
        }
    }

    private static void run(Member member, DataDirectory data, String[] arguments)
            throws Exception {
        switch (member.kind()) {
            case HDFS ->
                    EmbeddedHdfs.serve(
                            data, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            case PRIMARY, REPLICA ->
                    EmbeddedRecorder.record(data, member, Integer.parseInt(arguments[0]));
            case SIMULATOR -> {
                ParentWatch.start(() -> System.exit(0));
                System.exit(new CommandLine(new SimulateCommand()).execute(arguments));
            }
        }
    }
}

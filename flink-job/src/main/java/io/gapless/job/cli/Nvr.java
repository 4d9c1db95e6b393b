package io.gapless.job.cli;

import io.gapless.simulator.SimulateCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The {@code nvr} command. Exit status: 0 done and, for {@code timeline} and {@code verify}, whole;
 * 1 not whole; 2 not done, and one sentence on standard error says why.
 */
@Command(
        name = "nvr",
        description = "Gapless: a network video recorder that misses nothing.",
        mixinStandardHelpOptions = true,
        version = "Gapless 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            CamerasCommand.class,
            TimelineCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            RingCommand.class,
            SimulateCommand.class
        })
public final class Nvr implements Runnable {
    static final int NOT_WHOLE = 1;
    static final int NOT_DONE = 2;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Without a command, shows what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command, ready to be executed any number of times. */
    public static CommandLine commandLine() {
        return new CommandLine(new Nvr())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Nvr::badArguments)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> failed(failure, command.getErr()));
    }

    private static int badArguments(ParameterException failure, String[] args) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("nvr: " + Sentence.of(failure));
        err.println("See: nvr " + helpOf(failure.getCommandLine()) + "--help");
        return NOT_DONE;
    }

    private static String helpOf(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    private static int failed(Exception failure, PrintWriter err) {
        err.println("nvr: " + Sentence.of(failure));
        if (System.getenv("NVR_TRACE") != null) {
            failure.printStackTrace(err);
        }
        return NOT_DONE;
    }
}

package org.xmatch.cli;

import org.xmatch.io.XMatchException;
import org.xmatch.io.storage.Storage;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

import java.util.List;
import java.util.Optional;

/** The {@code xmatch} command. Exit status: 0; 2 for a bad option or value; 1 for any other failure. */
public final class Xmatch implements Runnable {

    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private static final List<String> COMMANDS =
            List.of("tutorial", "crossmatch", "plan", "generate", "info", "bench", "warm-up");

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("xmatch");
    private boolean debug;
    private Object ran = this;

    private Xmatch() {
        spec.usageMessage()
                .description("Cross-matches astronomical catalogs: for every left row the nearest right rows.");
        spec.versionProvider(new Version());
        Options.addStandard(spec);
        Options.add(spec, Options.flag("--debug", value -> debug = value,
                "Show where in the program a failure arose, and what was read.").scopeType(ScopeType.INHERIT));
    }

    public static void main(String[] args) {
        Interruption interruption = Interruption.ofThisThread();
        int status = run(args);
        interruption.ended();
        System.exit(status);
    }

    /** Runs one command; returns the exit status. */
    static int run(String... args) {
        Storage.foresee(List.of(args));
        Xmatch command = new Xmatch();
        CommandLine commandLine = new CommandLine(command.spec);
        // to know the options of all commands takes longer than to run one
        boolean named = args.length > 0 && COMMANDS.contains(args[0]);
        for (String name : named ? List.of(args[0]) : COMMANDS) {
            CommandSpec spec = command(name).spec;
            Options.addStandard(spec);
            commandLine.addSubcommand(name, spec);
        }
        commandLine.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(badUsage(command))
                .setExecutionExceptionHandler(failure(command));
        commandLine.setExecutionStrategy(parsed -> {
            command.ran = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1).getCommand();
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError e) {
            // no exception to picocli; what held the memory is closed and free by now
            report(command, command.ran, e);
            return FAILED;
        }
    }

    private static ProgramCommand command(String name) {
        return switch (name) {
            case "tutorial" -> new TutorialCommand();
            case "crossmatch" -> new CrossMatchCommand();
            case "plan" -> new PlanCommand();
            case "generate" -> new GenerateCommand();
            case "info" -> new InfoCommand();
            case "bench" -> new BenchCommand();
            case "warm-up" -> new WarmUpCommand();
            default -> throw new AssertionError(name);
        };
    }

    /** Whether the user wants to see more than results. */
    static boolean isDebug(CommandSpec command) {
        return command.root().userObject() instanceof Xmatch program && program.debug;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "name a command: tutorial, crossmatch, plan, generate, info or bench");
    }

    private static IParameterExceptionHandler badUsage(Xmatch command) {
        return (exception, args) -> {
            System.err.println("xmatch: " + oneLine(exception.getMessage()) + " (xmatch "
                    + exception.getCommandLine().getCommandName() + " --help lists the options)");
            if (command.debug) {
                exception.printStackTrace();
            }
            return BAD_USAGE;
        };
    }

    private static IExecutionExceptionHandler failure(Xmatch command) {
        return (exception, commandLine, parsed) -> {
            report(command, commandLine.getCommand(), exception);
            return exception instanceof IllegalArgumentException ? BAD_USAGE : FAILED;
        };
    }

    private static void report(Xmatch command, Object ran, Throwable failure) {
        System.err.println("xmatch: " + oneLine(describe(failure) + ResumableCommand.hint(ran)));
        if (command.debug) {
            failure.printStackTrace();
        }
    }

    private static String describe(Throwable failure) {
        if (Interruption.isRequested()) {
            return "interrupted";
        }
        if (failure instanceof XMatchException || failure instanceof IllegalArgumentException) {
            return failure.getMessage();
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + failure.getMessage() + "): give more with XMATCH_JAVA_OPTS=-Xmx4g,"
                    + " or use fewer --threads";
        }
        return failure.getMessage() == null ? failure.toString()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Xmatch.class.getPackage().getImplementationVersion();
            return new String[] {"xmatch " + Optional.ofNullable(version).orElse("(unpackaged)")};
        }
    }
}

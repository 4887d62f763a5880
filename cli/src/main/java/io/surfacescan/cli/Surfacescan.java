package io.surfacescan.cli;

import static java.util.Objects.requireNonNull;

import io.surfacescan.cli.config.ConfigFile;
import io.surfacescan.cli.config.DefaultValues;
import io.surfacescan.cli.options.InputOption;
import io.surfacescan.cli.serve.ServeVerb;
import io.surfacescan.cli.serve.Server;
import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.GlobalOptions;
import io.surfacescan.cli.terminal.HelpLayout;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.Messages;
import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.cli.terminal.StandardOutput;
import io.surfacescan.cli.verbs.HelpVerb;
import io.surfacescan.cli.verbs.Verb;
import io.surfacescan.cli.verbs.Verbs;
import io.surfacescan.cli.verbs.Version;
import io.surfacescan.engine.DeadlinePassed;
import io.surfacescan.snapshot.InputChanged;
import io.surfacescan.text.PathText;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: takes a verb with its flags, and turns what comes of it into output and an
/// exit code, here and nowhere else.
public final class Surfacescan {
  static {
    // picocli makes what reads these types ready at each start, and no flag is of one.
    System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
  }

  private final GlobalOptions manners = new GlobalOptions();
  private final ProcessContext around;
  private final Server server;
  private final Messages messages;
  private final StandardOutput out;
  private final CommandLine program;

  private Surfacescan(ProcessContext around, Server server, List<String> verbs) {
    this.around = around;
    this.server = server;
    this.messages = new Messages(around, manners);
    this.out = new StandardOutput(around.out());
    this.program = new CommandLine(described(), Flags.FACTORY);
    verbs.forEach(name -> program.addSubcommand(Verbs.named(name, server)));
    program.registerConverter(Integer.class, Surfacescan::wholeNumber);
    program.registerConverter(int.class, Surfacescan::wholeNumber);
    program.registerConverter(long.class, Surfacescan::longWholeNumber);
    // An id may start with @, and quotes in it are its own.
    program.setExpandAtFiles(false);
    program.setTrimQuotes(false);
    program.setOut(new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true));
    program.setErr(new PrintWriter(messages.stream(), true, StandardCharsets.UTF_8));
    program.setUsageHelpLongOptionsMaxWidth(30);
    HelpLayout.of(program, around);
  }

  private CommandSpec described() {
    var described =
        Flags.verb(
            this,
            "surfacescan",
            "Who can attack this machine, along which path, and what would stop it?",
            "",
            "Every flag can be preset: --max-hops by $$SURFACESCAN_MAX_HOPS, or by `max-hops = 3` in the configuration file.",
            "`surfacescan help VERB` shows the flags of a verb.");
    described
        .versionProvider(new Version())
        .usageMessage()
        .synopsisSubcommandLabel("VERB")
        .commandListHeading("%nVerbs:%n")
        .optionListHeading("%nFlags:%n");
    manners.addTo(described);
    return described.addOption(
        Flags.toggle("Show the version.", "--version").versionHelp(true).build());
  }

  /// Runs one verb.
  ///
  /// @param server what `serve` starts
  /// @return the exit code
  public static int run(ProcessContext around, Server server, String... args) {
    return new Surfacescan(around, server, Verbs.meantBy(args)).run(args);
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number of at most " + Integer.MAX_VALUE);
    }
  }

  private static Long longWholeNumber(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number of 64 bits");
    }
  }

  private int run(String... args) {
    try {
      return answer(args);
    } catch (ParameterException e) {
      messages.error(usageProblem(e));
      return Exit.USAGE.code();
    } catch (Failure e) {
      e.messages().forEach(messages::error);
      showStack(e);
      return e.exit().code();
    } catch (DeadlinePassed e) {
      messages.error("--time-limit passed before the answer was found; give it more, or ask less");
      return Exit.INTERNAL.code();
    } catch (InputChanged e) {
      messages.error(InputChanged.WHAT);
      return Exit.INPUT.code();
    } catch (StandardOutput.Closed e) {
      return Exit.DONE.code();
    } catch (OutOfMemoryError e) {
      messages.error(
          "not enough memory; give Java more, such as JDK_JAVA_OPTIONS=-Xmx8g in the environment");
      showStack(e);
      return Exit.INTERNAL.code();
    } catch (IOException | RuntimeException | Error e) {
      messages.error(
          "a fault in surfacescan: " + e + "; please report it with the output of --debug");
      showStack(e);
      return Exit.INTERNAL.code();
    }
  }

  private int answer(String... args) throws IOException {
    var parsed = parse(args);
    program.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            manners.colored(around, around.outIsTerminal()) ? Ansi.ON : Ansi.OFF));
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return Exit.DONE.code();
    }
    var run = new Invocation(around, manners, messages, out);
    Object verb = deepest(parsed).commandSpec().userObject();
    if (verb instanceof ServeVerb serve) {
      return serve.serve(run);
    }
    if (verb instanceof Verb other) {
      try {
        return other.run(run).code();
      } finally {
        run.end();
      }
    }
    program.usage(program.getErr());
    return Exit.USAGE.code();
  }

  private static CommandLine.ParseResult deepest(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand() ? deepest(parsed.subcommand()) : parsed;
  }

  /// Parses the flags, with the values from the configuration file for those that are not given.
  ///
  /// A flag may name that file: so the flags are parsed once before there are such values. What is
  /// wrong with them then shows the second time.
  private CommandLine.ParseResult parse(String... args) {
    program.setDefaultValueProvider(new DefaultValues(around, ConfigFile.NONE));
    try {
      var parsed = program.parseArgs(args);
      var config = config(manners.config());
      if (config.settings().isEmpty()) {
        return parsed;
      }
      program.setDefaultValueProvider(new DefaultValues(around, config));
    } catch (ParameterException e) {
      String named = manners.config();
      program.setDefaultValueProvider(
          new DefaultValues(
              around,
              config(named == null ? around.variable("SURFACESCAN_CONFIG").orElse(null) : named)));
    }
    return program.parseArgs(args);
  }

  private ConfigFile config(@Nullable String named) {
    if (named == null) {
      return ConfigFile.readUsual(around, this::keys);
    }
    try {
      return ConfigFile.read(Path.of(named), keys());
    } catch (InvalidPathException e) {
      String fault =
          PathText.undecoded(named)
              .map(PathText.Fault::toString)
              .orElse("this cannot be the name of a file here; correct --config");
      throw new Failure(Exit.USAGE, TerminalText.plain(named) + ": " + fault);
    }
  }

  /// The keys that the configuration file may have: the flags of all verbs.
  private SequencedSet<String> keys() {
    return DefaultValues.keys(new Surfacescan(around, server, Verbs.NAMES).program);
  }

  /// Without the label that picocli puts behind a flag that may be given again.
  private static String said(ParameterException e) {
    String message = requireNonNull(e.getMessage());
    return e.getArgSpec() instanceof OptionSpec option
        ? message.replace("' (" + option.paramLabel() + ")", "'")
        : message;
  }

  private static String usageProblem(ParameterException e) {
    var command = e.getCommandLine();
    if (command.getParent() != null) {
      String help = "; see `surfacescan help " + command.getCommandName() + "`";
      return said(e) + source(e) + suggestion(e) + InputOption.taken(e) + help;
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      return word.startsWith("-")
          ? "unknown flag " + word + hint(word).orElse("") + "; see `surfacescan help`"
          : HelpVerb.unknown(command, word);
    }
    return e.getMessage() + source(e) + "; see `surfacescan help`";
  }

  private static String source(ParameterException e) {
    if (!(e.getArgSpec() instanceof OptionSpec option)) {
      return "";
    }
    var provider = e.getCommandLine().getDefaultValueProvider();
    return provider instanceof DefaultValues defaults
        ? defaults
            .preset(option)
            .filter(preset -> preset.value().equals(e.getValue()))
            .map(preset -> " (from " + preset.source() + ")")
            .orElse("")
        : "";
  }

  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    var near = unmatched.getSuggestions();
    return hint(unmatched.getUnmatched().getFirst())
        .orElse(near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  /// What to write for a flag that other programs have.
  private static Optional<String> hint(String word) {
    String flag = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
    return switch (flag) {
      case "-f", "--format" -> Optional.of("; a format is named by -o, such as -o json");
      case "-v", "-V", "--verbose" ->
          Optional.of("; --version shows the version, --debug the stack trace of an error");
      default -> Optional.empty();
    };
  }

  private void showStack(Throwable e) {
    if (manners.debug()) {
      messages.stack(e);
    }
  }
}

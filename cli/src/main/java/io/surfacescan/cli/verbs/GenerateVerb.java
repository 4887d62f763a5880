package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Failure;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.cli.terminal.ProgressBar;
import io.surfacescan.report.EnvironmentWriter;
import io.surfacescan.synthesis.ExportShape;
import io.surfacescan.synthesis.SeededEnvironment;
import io.surfacescan.synthesis.Shape;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

final class GenerateVerb implements Verb {
  private static final int BUFFER_BYTES = 1 << 16;

  /// What is written.
  @FunctionalInterface
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private final CommandSpec spec =
      Flags.verb(
          this,
          "generate",
          "Write an invented environment of any size; the same flags give the same bytes.",
          "",
          "layered: services in tiers, stages and regions",
          "uniform: random tags and rules",
          "chain: one long line of hops",
          "cycles: rings that lead to each other",
          "kubernetes: the export of a cluster with network policies; --vms are its pods",
          "aws: the export of accounts with security groups; --vms are network interfaces",
          "azure: the export of subscriptions with network security groups; --vms are machines",
          "gcp: the export of projects with firewall rules; --vms are instances",
          "terraform: a plan with security groups of AWS; --vms are instances",
          "",
          "Example: surfacescan generate --shape layered --vms 1000000 --seed 1 fleet.json.gz");

  private final OptionSpec shape =
      Flags.text("SHAPE", "One of ${COMPLETION-CANDIDATES}. Default: layered.", "--shape")
          .converters((ITypeConverter<String>) GenerateVerb::shapeWord)
          .completionCandidates(shapeWords())
          .initialValue(word(Shape.LAYERED))
          .build();

  private final OptionSpec vms =
      Flags.value(int.class, "N", "Default: ${DEFAULT-VALUE}.", "--vms").initialValue(1000).build();

  private final OptionSpec tags =
      Flags.value(Integer.class, "N", "Default: as suits the VMs.", "--tags").build();

  private final OptionSpec rules =
      Flags.value(Integer.class, "N", "Default: as suits the tags.", "--rules").build();

  private final OptionSpec seed =
      Flags.value(
              long.class,
              "N",
              "Another number gives another environment. Default: ${DEFAULT-VALUE}.",
              "--seed")
          .initialValue(1L)
          .build();

  private final PositionalParamSpec file =
      Flags.argument(
              0,
              "FILE",
              "Where to; compressed if it ends in .gz. It is complete or not there at all. Default:"
                  + " standard output.")
          .build();

  GenerateVerb() {
    spec.addOption(shape)
        .addOption(vms)
        .addOption(tags)
        .addOption(rules)
        .addOption(seed)
        .addPositional(file);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    var content = content();
    @Nullable String to = file.getValue();
    if (to == null || to.equals("-")) {
      write(run, content, run.out(), !run.around().outIsTerminal());
    } else {
      write(run, content, Path.of(to));
    }
    return Exit.DONE;
  }

  private Content content() {
    var export = find(ExportShape.values(), shape.getValue());
    if (export.isPresent()) {
      return content(export.get());
    }
    var environment = environment();
    return out -> EnvironmentWriter.write(environment.vms(), environment.rules(), out);
  }

  private Content content(ExportShape export) {
    int vmCount = vms.getValue();
    long number = seed.getValue();
    @Nullable Integer tagCount = tags.getValue();
    @Nullable Integer ruleCount = rules.getValue();
    int count = ruleCount == null ? export.usualRules(vmCount) : ruleCount;
    if (tagCount != null || vmCount < 1 || count < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "no such export: "
              + (tagCount == null
                  ? "it has at least one VM, and no rule or more"
                  : "it has no tags, so --tags means nothing"));
    }
    return out -> {
      var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      export.write(vmCount, count, number, text);
      text.flush();
    };
  }

  private SeededEnvironment environment() {
    var kind = find(Shape.values(), shape.getValue()).orElseThrow();
    int vmCount = vms.getValue();
    @Nullable Integer givenTags = tags.getValue();
    @Nullable Integer givenRules = rules.getValue();
    try {
      int tagCount = givenTags == null ? kind.usualTags(vmCount) : givenTags;
      int ruleCount = givenRules == null ? kind.usualRules(tagCount) : givenRules;
      return SeededEnvironment.of(kind, vmCount, tagCount, ruleCount, seed.getValue());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "no such " + word(kind) + " environment: " + e.getMessage(), e);
    }
  }

  /// @param barFits whether the document itself does not go to the terminal
  private static void write(Invocation run, Content content, OutputStream out, boolean barFits)
      throws IOException {
    var bar = new ProgressBar(run.messages().stream(), "writing");
    boolean barSeen = barFits && run.around().errIsTerminal() && !run.manners().quiet();
    var target = new BufferedOutputStream(barSeen ? new Counted(out, bar) : out, BUFFER_BYTES);
    content.write(target);
    target.flush();
    bar.done();
  }

  /// Under a name that no reader of the folder takes, then renamed.
  private void write(Invocation run, Content content, Path target) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (var out = Files.newOutputStream(target)) {
        write(run, content, out, true);
      } catch (IOException e) {
        throw unwritable(target, e);
      }
      return;
    }
    var part =
        target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    // An interrupted run removes it too.
    part.toFile().deleteOnExit();
    try {
      try (var bytes = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW);
          var out = target.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
        write(run, content, out, true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw unwritable(target, e);
    }
  }

  private static Failure unwritable(Path target, IOException e) {
    return new Failure(
        Exit.INTERNAL,
        target
            + ": cannot be written ("
            + e.getMessage()
            + "); check that its folder exists and has room");
  }

  private static String word(Enum<?> shape) {
    return shape.name().toLowerCase(Locale.ROOT);
  }

  private static <S extends Enum<S>> Optional<S> find(S[] shapes, String word) {
    return Arrays.stream(shapes).filter(shape -> word(shape).equals(word)).findFirst();
  }

  private static String shapeWord(String word) {
    if (find(Shape.values(), word).isEmpty() && find(ExportShape.values(), word).isEmpty()) {
      throw new TypeConversionException(
          "'" + word + "' is not one of " + String.join(", ", shapeWords()));
    }
    return word;
  }

  private static List<String> shapeWords() {
    return Stream.<Enum<?>>concat(
            Arrays.stream(Shape.values()), Arrays.stream(ExportShape.values()))
        .map(GenerateVerb::word)
        .toList();
  }

  /// Tells the bar how much went through.
  private static final class Counted extends FilterOutputStream {
    private final ProgressBar bar;
    private long bytes;

    Counted(OutputStream out, ProgressBar bar) {
      super(out);
      this.bar = bar;
    }

    @Override
    public void write(byte[] chunk, int from, int length) throws IOException {
      out.write(chunk, from, length);
      bytes += length;
      bar.read(bytes, -1);
    }
  }
}

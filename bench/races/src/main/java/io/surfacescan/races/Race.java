package io.surfacescan.races;

import io.surfacescan.synthesis.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The command behind `scripts/race`.
@Command(
    name = "race",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Race surfacescan against graph libraries and databases: who can attack each VM of a sample?",
      "",
      "Every peer runs in a process of its own, on the same environments and VMs. Its answers are"
          + " compared with surfacescan's before it is timed; a difference ends the race with exit"
          + " code 1."
    })
public final class Race implements Callable<Integer> {
  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "SHAPE",
      description = "Shapes of 'generate'. Default: layered,uniform.")
  List<Shape> shapes = List.of(Shape.LAYERED, Shape.UNIFORM);

  @Option(
      names = "--vms",
      split = ",",
      paramLabel = "N",
      description = "Sizes, the smallest first. Default: 10000,100000,1000000.")
  List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);

  @Option(names = "--tags", paramLabel = "N", description = "Default: as suits the VMs.")
  @Nullable Integer tags;

  @Option(names = "--rules", paramLabel = "N", description = "Default: as suits the tags.")
  @Nullable Integer rules;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the environment. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "How many VMs are asked about. Default: ${DEFAULT-VALUE}.")
  int sample = 100;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description = "Of the VMs asked about. Default: ${DEFAULT-VALUE}.")
  long sampleSeed = 7;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      completionCandidates = PeerWords.class,
      description = "Of ${COMPLETION-CANDIDATES}; surfacescan always runs. Default: all.")
  List<PeerKind> peers = List.of(PeerKind.values());

  @Option(
      names = "--most",
      split = ",",
      paramLabel = "PEER=N",
      description = "The most VMs that a peer is given. Default: without bound.")
  Map<PeerKind, Integer> most = new EnumMap<>(PeerKind.class);

  @Option(
      names = "--load-limit",
      paramLabel = "SECONDS",
      description = "A peer that takes longer to load is stopped. Default: ${DEFAULT-VALUE}.")
  int loadSeconds = 300;

  @Option(
      names = "--query-limit",
      paramLabel = "SECONDS",
      description =
          "A peer that takes longer for one answer is stopped. Default: ${DEFAULT-VALUE}.")
  int answerSeconds = 60;

  @Option(
      names = "--check-time",
      paramLabel = "SECONDS",
      description =
          "When it is up, what is left of the sample is left out. Default: ${DEFAULT-VALUE}.")
  int checkSeconds = 30;

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      description =
          "Rounds over the sample go on for so long, one at least. Default: ${DEFAULT-VALUE}.")
  int timeSeconds = 5;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "For each Java. Default: ${DEFAULT-VALUE}.")
  String heap = "6g";

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "A Python that has NetworkX. Default: ${DEFAULT-VALUE}.")
  String python = "python3";

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write the tables there too, after each course.")
  @Nullable Path markdown;

  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(Race::endPeers));
    System.exit(
        new CommandLine(new Race())
            .registerConverter(Shape.class, word -> constant(Shape.values(), word))
            .registerConverter(PeerKind.class, word -> constant(PeerKind.values(), word))
            .execute(arguments));
  }

  /// An interrupted race leaves no peer behind.
  private static void endPeers() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private static <E extends Enum<E>> E constant(E[] constants, String word) {
    return Arrays.stream(constants)
        .filter(constant -> Words.of(constant).equals(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of them"));
  }

  private static final class PeerWords extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    PeerWords() {
      super(Stream.of(PeerKind.values()).map(Words::of).toList());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var tables = new StringBuilder(machine() + "\n");
    System.out.println(tables);
    for (var shape : shapes) {
      var paddock = new Paddock(peers, most, limits(), python);
      for (int vms : sizes) {
        try {
          String table = paddock.run(course(shape, vms)).markdown();
          System.out.println(table);
          tables.append('\n').append(table);
        } catch (Disagreement e) {
          System.err.println("error: " + e.getMessage() + "; the race is void");
          return 1;
        }
        if (markdown != null) {
          Files.writeString(markdown, tables);
        }
      }
    }
    return 0;
  }

  private Limits limits() {
    return new Limits(loadSeconds, answerSeconds, checkSeconds, timeSeconds, heap);
  }

  private Course course(Shape shape, int vms) {
    int usedTags = tags == null ? shape.usualTags(vms) : tags;
    int usedRules = rules == null ? shape.usualRules(usedTags) : rules;
    return new Course(shape, vms, usedTags, usedRules, seed, sample, sampleSeed);
  }

  private static String machine() {
    return "%s, %s %s, %d processors"
        .formatted(
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}

package io.surfacescan.app;

import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Parameter.Mark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The verbs but `serve`, one after another in this process, with nobody to read what they write.
///
/// A recording of it knows what each of them needs. The VMs are those of the sample environment; on
/// another one the verbs say that there are none, and less is recorded.
final class Rehearsal {
  /// Beside each question with its required arguments.
  private static final String MORE =
      """
      attack --why --sort hops vm-b126aa
      attack -o json vm-b126aa
      attack -o csv --max-hops 2 vm-b126aa vm-720e37
      attack vm-none
      chokepoints vm-b126aa
      what-if vm-b126aa --remove-rule fw-68937c6
      validate
      """;

  /// Asked of an input that is large enough to be kept, first when it is read and then when it is
  /// brought back.
  private static final List<String> KEPT =
      List.of("validate", "attack vm-b126aa", "attack vm-b126aa", "vm vm-b126aa", "validate");

  /// So many blanks make it large enough.
  private static final int BLANKS = 1 << 20;

  private static final List<String> VMS = List.of("vm-b126aa", "vm-1625bd");

  private Rehearsal() {}

  /// Takes the folder of an environment, and one for what is made of it.
  public static void main(String... args) throws IOException {
    for (var question : Questions.ALL) {
      runWithData(args[0], plain(question));
    }
    for (String line : MORE.lines().toList()) {
      runWithData(args[0], List.of(line.split(" ")));
    }
    var large = large(Path.of(args[0]), Path.of(args[1]));
    for (String line : KEPT) {
      runWithData(large.toString(), List.of(line.split(" ")));
    }
    run(List.of("diff", args[0], args[0]));
    run(List.of("help"));
    run(List.of("attack", "--help"));
  }

  private static Path large(Path data, Path folder) throws IOException {
    var large = Files.createDirectories(folder.resolve("large"));
    for (String name : List.of("vms.json", "fw_rules.json")) {
      Files.writeString(
          large.resolve(name), Files.readString(data.resolve(name)) + " ".repeat(BLANKS));
    }
    return large;
  }

  /// A question with a VM for each argument that it needs.
  private static List<String> plain(Question question) {
    var words = new ArrayList<>(List.of(question.name()));
    int arguments =
        (int)
            question.parameters().stream()
                .filter(parameter -> parameter.isArgument() && parameter.is(Mark.REQUIRED))
                .count();
    words.addAll(VMS.subList(0, arguments));
    return words;
  }

  private static void runWithData(String data, List<String> words) {
    var all = new ArrayList<>(words);
    all.addAll(List.of("--data", data));
    run(all);
  }

  private static void run(List<String> words) {
    var nowhere = OutputStream.nullOutputStream();
    Main.run(nowhere, nowhere, words.toArray(String[]::new));
  }
}

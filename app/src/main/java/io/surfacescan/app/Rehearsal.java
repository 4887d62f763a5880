package io.surfacescan.app;

import io.surfacescan.questions.Question;
import io.surfacescan.questions.Questions;
import io.surfacescan.questions.arguments.Parameter.Mark;
import java.io.OutputStream;
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

  private static final List<String> VMS = List.of("vm-b126aa", "vm-1625bd");

  private Rehearsal() {}

  /// Runs them on the environment in a folder, which is the only argument.
  public static void main(String... args) {
    for (var question : Questions.ALL) {
      runWithData(args[0], plain(question));
    }
    for (String line : MORE.lines().toList()) {
      runWithData(args[0], List.of(line.split(" ")));
    }
    run(List.of("diff", args[0], args[0]));
    run(List.of("help"));
    run(List.of("attack", "--help"));
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

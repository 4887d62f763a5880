package io.surfacescan.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The commands in `console` blocks of the pages on the command line, on HTTP, on the questions and
/// on the samples, each with what the page shows as its output.
record Transcripts(String page, String command, String output) {
  private static final String PROMPT = "$ ";
  private static final String HTTP = "curl ";

  /// Those that ask over HTTP.
  static Stream<Transcripts> overHttp() throws IOException {
    return all().stream().filter(shown -> shown.command.startsWith(HTTP));
  }

  /// Those that run the program.
  static Stream<Transcripts> onTheCommandLine() throws IOException {
    return all().stream().filter(shown -> !shown.command.startsWith(HTTP));
  }

  private static List<Transcripts> all() throws IOException {
    var pages = new ArrayList<Path>();
    var docs = Repository.root().resolve("docs");
    pages.add(docs.resolve("cli.md"));
    pages.add(docs.resolve("http.md"));
    try (var questions = Files.list(docs.resolve("questions"))) {
      questions.filter(Files::isRegularFile).sorted().forEach(pages::add);
    }
    pages.add(Repository.root().resolve("samples/aws/README.md"));
    pages.add(Repository.root().resolve("samples/gcp/README.md"));
    pages.add(Repository.root().resolve("samples/kubernetes/README.md"));
    pages.add(Repository.root().resolve("samples/terraform/README.md"));
    var transcripts = new ArrayList<Transcripts>();
    for (var page : pages) {
      transcripts.addAll(of(page));
    }
    return transcripts;
  }

  private static List<Transcripts> of(Path page) throws IOException {
    String name = Repository.root().relativize(page).toString();
    var transcripts = new ArrayList<Transcripts>();
    boolean inConsole = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        inConsole = line.equals("```console");
      } else if (inConsole && line.startsWith(PROMPT)) {
        transcripts.add(new Transcripts(name, line.substring(PROMPT.length()), ""));
      } else if (inConsole) {
        var last = transcripts.removeLast();
        transcripts.add(new Transcripts(name, last.command, last.output + line + "\n"));
      }
    }
    assertThat(transcripts).as(name).isNotEmpty();
    return transcripts;
  }

  @Override
  public String toString() {
    return page + ": " + command;
  }
}

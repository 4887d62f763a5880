package io.surfacescan.cli;

import io.surfacescan.cli.terminal.ProcessContext;
import io.surfacescan.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of the program in this process, with all that surrounds it given by the test.
final class Trial {
  /// @param out exactly what was written, as UTF-8
  /// @param served what `serve` was started with
  record Outcome(int exit, String out, String err, List<Settings> served) {}

  private final Map<String, String> variables = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private boolean outIsTerminal;
  private boolean errIsTerminal;
  private Optional<OutputStream> stdout = Optional.empty();

  Trial variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Trial in(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Trial onTerminal() {
    outIsTerminal = true;
    errIsTerminal = true;
    return this;
  }

  Trial out(OutputStream stream) {
    stdout = Optional.of(stream);
    return this;
  }

  Outcome run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var served = new ArrayList<Settings>();
    var around =
        new ProcessContext(
            in, stdout.orElse(out), outIsTerminal, err, errIsTerminal, variables, Optional.empty());
    int exit =
        Surfacescan.run(
            around,
            (settings, _) -> {
              served.add(settings);
              return 0;
            },
            args);
    return new Outcome(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), served);
  }
}

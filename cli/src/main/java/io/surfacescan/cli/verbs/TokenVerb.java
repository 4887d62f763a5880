package io.surfacescan.cli.verbs;

import io.surfacescan.cli.terminal.Exit;
import io.surfacescan.cli.terminal.Flags;
import io.surfacescan.cli.terminal.Invocation;
import io.surfacescan.text.Sha256;
import io.surfacescan.text.TokenFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

final class TokenVerb implements Verb {
  private static final int BYTES = 32;

  private final CommandSpec spec =
      Flags.verb(
          this,
          "token",
          "Make an API token: the token itself, and below it its line for the file of `serve --tokens`.",
          "",
          "The line does not give the token away. The token is kept nowhere.",
          "",
          "Example: surfacescan token ci");

  private final OptionSpec admin =
      Flags.toggle("It may also reload the input of the service.", "--admin").build();

  private final PositionalParamSpec owner =
      Flags.argument(
              0,
              "NAME",
              "The name of its owner: up to 64 letters, digits, dots, dashes and underscores.")
          .arity("1")
          .required(true)
          .build();

  TokenVerb() {
    spec.addOption(admin).addPositional(owner);
  }

  @Override
  public CommandSpec described() {
    return spec;
  }

  @Override
  public Exit run(Invocation run) throws IOException {
    String name = owner.getValue();
    if (!TokenFormat.NAME.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for NAME: use up to 64 letters, digits, dots, dashes and underscores");
    }
    String token = TokenFormat.PREFIX + random();
    String line =
        name + " " + (Flags.isOn(admin) ? "read,admin" : "read") + " sha256:" + sha256(token);
    run.out().write((token + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
    return Exit.DONE;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// As `printf %s TOKEN | sha256sum` has it.
  private static String sha256(String token) {
    return Sha256.hex(token.getBytes(StandardCharsets.US_ASCII));
  }
}

package io.surfacescan.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;

/// Standard output that tells a reader who has seen enough from a write that failed.
///
/// A [java.io.PrintStream] would hide both, and a long answer into `| head` would be written to the
/// end for nobody.
public final class StandardOutput extends OutputStream {
  /// The reader closed the pipe: a normal end.
  public static final class Closed extends IOException {
    private static final long serialVersionUID = 1;

    Closed(IOException cause) {
      super(cause);
    }
  }

  private final OutputStream out;

  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw named(e);
    }
  }

  /// Java has no type for a closed pipe, only the system's words.
  private static IOException named(IOException e) {
    if ("Broken pipe".equals(e.getMessage())) {
      return new Closed(e);
    }
    throw new Failure(
        Exit.INTERNAL, "standard output: " + e.getMessage() + "; the answer is incomplete");
  }
}

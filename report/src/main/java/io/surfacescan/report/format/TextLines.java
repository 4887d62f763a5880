package io.surfacescan.report.format;

import io.surfacescan.model.Environment;
import io.surfacescan.model.Texts;
import io.surfacescan.text.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// Lines of text or rows of CSV, written piece by piece. Not thread-safe.
public final class TextLines {
  private static final int FLUSH_BYTES = 32 * 1024;

  /// Those of the largest `long`.
  private static final int DIGITS_MOST = 19;

  private static final byte[] OPENING = {' ', '('};
  private static final byte[] CLOSING = {')'};

  private final OutputStream out;
  private byte[] buffer = new byte[FLUSH_BYTES + 1024];
  private int used;
  private boolean rowStarted;

  public TextLines(OutputStream out) {
    this.out = out;
  }

  /// Our own words, which need no escapes.
  public TextLines words(String words) {
    return bytes(words.getBytes(StandardCharsets.UTF_8));
  }

  /// Our own words at the right end of a column so many characters wide, or wider if they are.
  public TextLines right(String words, int width) {
    return words(" ".repeat(Math.max(0, width - words.length()))).words(words);
  }

  /// Text of the environment, for a line of plain text.
  public TextLines text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    makeRoom(bytes.length * Escapes.MAX_GROWTH);
    used = TerminalText.plain(bytes, 0, bytes.length, buffer, used);
    return this;
  }

  public TextLines text(Texts texts, int index) {
    makeRoom((texts.end(index) - texts.start(index)) * Escapes.MAX_GROWTH);
    used =
        TerminalText.plain(
            texts.segment(index), texts.start(index), texts.end(index), buffer, used);
    return this;
  }

  /// A VM, as [VmLabel] names it.
  public TextLines vm(Environment environment, int vm) {
    var ids = environment.vmIds();
    var names = environment.vmNames();
    if (names.start(vm) == names.end(vm) || isSame(names, ids, vm)) {
      return text(ids, vm);
    }
    return text(names, vm).bytes(OPENING).text(ids, vm).bytes(CLOSING);
  }

  private static boolean isSame(Texts names, Texts ids, int vm) {
    return Arrays.equals(
        names.segment(vm),
        names.start(vm),
        names.end(vm),
        ids.segment(vm),
        ids.start(vm),
        ids.end(vm));
  }

  private TextLines bytes(byte[] bytes) {
    makeRoom(bytes.length);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
    return this;
  }

  /// The next field of a CSV row.
  public TextLines field(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    separate();
    makeRoom(bytes.length * 2 + 2);
    used = Escapes.csvField(bytes, 0, bytes.length, buffer, used);
    return this;
  }

  public TextLines field(Texts texts, int index) {
    separate();
    makeRoom((texts.end(index) - texts.start(index)) * 2 + 2);
    used =
        Escapes.csvField(texts.segment(index), texts.start(index), texts.end(index), buffer, used);
    return this;
  }

  /// The next field of a CSV row.
  public TextLines field(long number) {
    separate();
    if (number == Long.MIN_VALUE) {
      return words(Long.toString(number));
    }
    makeRoom(DIGITS_MOST + 1);
    if (number < 0) {
      buffer[used++] = '-';
    }
    long left = Math.abs(number);
    int digits = 1;
    for (long rest = left / 10; rest > 0; rest /= 10) {
      digits++;
    }
    used += digits;
    for (int at = used - 1; at >= used - digits; at--, left /= 10) {
      buffer[at] = (byte) ('0' + left % 10);
    }
    return this;
  }

  /// The next field of a CSV row, left out, which is not the same as an empty text.
  public TextLines noField() {
    separate();
    return this;
  }

  /// Ends the line.
  ///
  /// @throws UncheckedIOException if the stream does; whoever calls [#flush] unwraps it
  public void end() {
    makeRoom(1);
    buffer[used++] = '\n';
    rowStarted = false;
    if (used >= FLUSH_BYTES) {
      try {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A line for each of the first of some entries, and one that says what more there is.
  ///
  /// @param line starts the line of an entry, by its number from 0
  /// @param more the words for so many entries that are not shown
  public void some(int count, int most, IntConsumer line, IntFunction<String> more) {
    for (int i = 0; i < Math.min(count, most); i++) {
      line.accept(i);
      end();
    }
    if (count > most) {
      words(more.apply(count - most)).end();
    }
  }

  /// Hands on what is left. The stream itself is not flushed.
  public void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }

  private void separate() {
    if (rowStarted) {
      makeRoom(1);
      buffer[used++] = ',';
    }
    rowStarted = true;
  }

  private void makeRoom(int bytes) {
    if (used + bytes + 1 > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, used + bytes + 1));
    }
  }
}

package io.surfacescan.report.format;

import io.surfacescan.model.Texts;
import java.math.BigDecimal;

/// One value on its way into a format: a writer is given exactly one of these.
interface Cell {
  /// No value, which is not the same as an empty text.
  void none();

  void text(String text);

  void text(Texts texts, int index);

  void number(long number);

  void number(BigDecimal number);

  void truth(boolean truth);

  void texts(Table.Rows<String> texts);
}

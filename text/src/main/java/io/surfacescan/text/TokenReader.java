package io.surfacescan.text;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// A text for a parser that copies what it has of a token whenever it reads on: one that goes on
/// and on would take ever more time, and is ended.
public final class TokenReader extends FilterReader {
  /// A token is too long.
  public static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final int charsMost;
  private int sinceToken;

  /// @param charsMost the longest token
  public TokenReader(Reader text, int charsMost) {
    super(text);
    this.charsMost = charsMost;
  }

  /// To be called when the parser got to the end of a token.
  public void tokenEnded() {
    sinceToken = 0;
  }

  /// @throws TooLong if the text has not come to the end of a token for too long
  @Override
  public int read(char[] chars, int from, int length) throws IOException {
    int read = super.read(chars, from, length);
    sinceToken += Math.max(read, 0);
    if (sinceToken > charsMost) {
      throw new TooLong();
    }
    return read;
  }
}

package io.surfacescan.text;

import java.util.regex.Pattern;

/// What an API token and its line in a file of tokens look like.
public final class TokenFormat {
  /// What every token begins with, so that programs that look for secrets in the wrong places know
  /// one when they see it.
  public static final String PREFIX = "sfs_";

  /// What a line calls a token.
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final Pattern TOKEN = Pattern.compile(PREFIX + "[A-Za-z0-9_-]+");

  private TokenFormat() {}

  /// The text without the tokens in it, wherever they were put by mistake.
  public static String withoutTokens(String text) {
    return text.contains(PREFIX) ? TOKEN.matcher(text).replaceAll(PREFIX + "***") : text;
  }
}

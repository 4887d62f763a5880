package io.surfacescan.service.platform;

/// A file that decides who may ask cannot be used; the message is `FILE:LINE: what; what to do`.
public final class FileRefused extends Exception {
  private static final long serialVersionUID = 1;

  public FileRefused(String message) {
    super(message);
  }
}

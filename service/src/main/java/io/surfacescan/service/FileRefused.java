package io.surfacescan.service;

/// A file that decides who may ask cannot be used; the message is `FILE:LINE: what; what to do`.
final class FileRefused extends Exception {
  private static final long serialVersionUID = 1;

  FileRefused(String message) {
    super(message);
  }
}

package io.surfacescan.importers.json;

import io.surfacescan.model.ProblemKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why something could not be read, in words of our own: an exception's own text may be a class
/// name, a path without a reason, or nothing.
public final class Unreadable {
  private Unreadable() {}

  /// Adds the problem that a source could not be read, or not to its end.
  public static void tell(ProblemLog problems, int source, IOException e) {
    if (e instanceof NotUtf8 fault) {
      problems.add(
          ProblemKind.NOT_UTF8,
          new SourceOffset(source, fault.offset()),
          fault.what(),
          fault.remedy());
    } else {
      problems.add(kind(e), SourceOffset.whole(source), what(e), remedy(e));
    }
  }

  public static ProblemKind kind(IOException e) {
    return e instanceof ReadLimit.Spent || e instanceof Gunzip.Excess
        ? ProblemKind.TOO_LARGE
        : ProblemKind.UNREADABLE;
  }

  public static String what(IOException e) {
    return switch (e) {
      case ReadLimit.Spent spent -> spent.what();
      case Gunzip.Excess excess -> message(excess);
      case Gunzip.Damage damage -> "the gzip file is damaged: " + message(damage);
      case Utf16.Damage damage -> message(damage);
      case PipeOpening.NoWriter none -> message(none);
      case NoSuchFileException missing -> "there is no such file or directory";
      case AccessDeniedException denied -> "permission to read it is denied";
      case NotDirectoryException file -> "it is not a directory";
      case FileSystemLoopException loop -> "its symbolic links lead in a circle";
      case FileSystemException other when other.getReason() != null ->
          "it cannot be read: " + Quoted.bare(other.getReason());
      case FileSystemException other -> "it cannot be read";
      default -> "it cannot be read to its end: " + message(e);
    };
  }

  public static String remedy(IOException e) {
    return switch (e) {
      case ReadLimit.Spent spent -> ReadLimit.REMEDY;
      case Gunzip.Excess excess ->
          "unpack it yourself, see that it is what you mean, and give the unpacked file";
      case Gunzip.Damage damage -> "make or fetch the file again";
      case Utf16.Damage damage -> "save the file as UTF-8";
      case PipeOpening.NoWriter none -> "start the program that writes to it first";
      case NoSuchFileException missing -> "correct the path";
      case AccessDeniedException denied -> "let this user read it";
      default -> "check the file and the disk it is on";
    };
  }

  private static String message(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "input/output error" : Quoted.bare(message);
  }
}

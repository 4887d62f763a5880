/// The command line: verbs, flags, exit codes, progress.
///
/// A verb is a class with its flags as fields; it reads an environment (`InputOption`), asks the
/// engine, and hands the answer to a document of `report` (`OutputOption`). What goes wrong in a
/// way the user can act on is a `Failure`; it becomes one line on standard error and an exit code
/// in [Surfacescan], and nowhere else. Data goes to standard output, everything else to standard
/// error.
///
/// A value is taken from the flag, else from its environment variable, else from the configuration
/// file (`DefaultValues`).
///
/// This module does not know the HTTP service: it hands `Settings` to a `Server`.
@NullMarked
package io.surfacescan.cli;

import org.jspecify.annotations.NullMarked;

/// From bytes to an environment. [Importers] is the one door: it takes paths and returns what was
/// [Imported].
///
/// ## What is read
///
/// A *file* is one document. A *directory* stands for the data files right in it, in the code-point
/// order of their names ([InputFiles]); hidden files are left out, and what else looks like data is
/// warned of. `-` is standard input; pipes and devices are read once too, and kept in memory as
/// long as the reading lasts. Whatever starts like gzip is unpacked, whatever its name. All
/// documents together make one environment, in that order.
///
/// ## How it is read
///
/// ```
///  paths ─ Inputs ─► Source ─ InputFormat ─┬► document: Part ─ Assembly ─► Environment
///                                          └► aws, gcp, kubernetes: ReachabilityModel ─ Lowering ─► Environment
/// ```
///
/// Each [InputFormat] is asked whether it knows the start of a source. What none knows is an
/// environment document, of `importers.document`; `importers.json` holds what all formats share,
/// and `importers.cloud` what exports of clouds do. One input is documents, or exports of real
/// environments, which [CombinedExports] puts together. Documents are read side by side, and so are
/// pieces of a large one ([Partitioning]); what comes of it never depends on that.
///
/// Importing never throws on bad input: it returns what it understood, and every problem with its
/// place. A reading ends soon when it is cancelled or its files change.
@NullMarked
package io.surfacescan.importers;

import org.jspecify.annotations.NullMarked;

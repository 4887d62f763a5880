/// From answers to documents: the only owner of output shapes.
///
/// A document is an answer as a table, and where that is not all of it as a tree, as text and as a
/// graph; the writers of `report.format` make bytes of it while it is worked out. The command line
/// and the HTTP service write the same bytes. Lists of VM ids ([VmIds]) can be as large as the
/// environment: their JSON is a few slices of the `IdArena`, in which every id stands once, already
/// escaped, in the engine's order; nothing is formatted per answer.
@NullMarked
package io.surfacescan.report;

import org.jspecify.annotations.NullMarked;

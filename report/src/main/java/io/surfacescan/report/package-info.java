/// From answers to documents: the only owner of output shapes.
///
/// A document renders as a `ByteBody`, bytes in chunks, in one of the four `Format`s; the command
/// line and the HTTP service write the same bytes. A small document is a record that is written
/// with Jackson's streaming generator. A list of VM ids ([VmIds]) can be as large as the
/// environment: its JSON is a few slices of the `IdArena`, in which every id stands once, already
/// escaped, in the engine's order; nothing is formatted per answer.
@NullMarked
package io.surfacescan.report;

import org.jspecify.annotations.NullMarked;

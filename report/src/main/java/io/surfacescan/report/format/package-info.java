/// How answers are written, whatever they answer.
///
/// * What is written: a [Document] has a [Table], and may have a [Tree], a [Graph] and a [Page].
///   Tables and trees are made of [Columns]: names, and what takes a value from a row.
/// * How: each [Format] has one writer. A column gives its value to a writer's cell (text, number,
///   truth, list of texts), which is all that a writer knows of it: JSON quotes texts, a terminal
///   puts numbers to the right.
/// * Bytes that are ready: [IdArena] and [ByteBody], for lists of ids as large as the environment.
///
/// Rows of one VM with its hops, for example, are `new Columns<Integer>().vm(environment, vm ->
/// vm).number("hops", found::hops)`: in JSON `{"vm_id":"vm-1","name":"web","hops":2}`, in CSV
/// `vm-1,2,web` below `vm_id,hops,name`.
@NullMarked
package io.surfacescan.report.format;

import org.jspecify.annotations.NullMarked;

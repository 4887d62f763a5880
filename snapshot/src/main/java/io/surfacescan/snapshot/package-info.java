/// What was read and compiled, kept in a file so that the next look at the same input takes a
/// moment.
///
/// [Snapshots] is the one door: it reads an input as the importers do, or brings back what they
/// made of it. A snapshot is a file of columns ([SnapshotWriter], [SnapshotFile]) in a folder that
/// is the user's alone ([CacheFolder]). It is believed only while the input is the one that was
/// read ([InputStamps]) and each column has its checksum. Whatever else is there is read anew.
@NullMarked
package io.surfacescan.snapshot;

import org.jspecify.annotations.NullMarked;

/// What every source of input shares: bytes, JSON, places and problems, whatever they mean.
///
/// ```
///  Source ─ Gunzip, Utf16 ─► Utf8Stream ─► JsonCursor ─► a reader of the meaning
///                                │              │ (JSON that is refused: JsonFault says why)
///                             Version       ProblemLog ─ Places ─► Problems
/// ```
///
/// A [Source] is where one document comes from, and can be read again. [Supervision] goes along
/// with its bytes: [Progress], [ReadLimit] and [Abandonment]. [Utf8Stream] passes on what is UTF-8,
/// and [JsonCursor] goes through its tokens within [JsonBounds]. The readers that know what they
/// mean add problems to the [ProblemLog].
///
/// While reading, places are byte offsets, each a [SourceOffset]. [Places] finds lines and columns
/// in a second pass, when there is something to show.
@NullMarked
package io.surfacescan.importers.json;

import org.jspecify.annotations.NullMarked;

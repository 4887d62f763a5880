/// Reads the environment document: JSON with a list of VMs and a list of firewall rules.
///
/// ```json
/// {"vms":      [{"vm_id": "vm-a211de", "name": "jira_server", "tags": ["ci", "dev"]}],
///  "fw_rules": [{"fw_id": "fw-82af742", "source_tag": "ssh", "dest_tag": "dev"}]}
/// ```
///
/// ## What is read
///
/// [EnvironmentDocument] takes paths. A *file* is one document. A *directory* stands for the data
/// files right in it, in the code-point order of their names ([InputFiles]); hidden files are left
/// out, and what else looks like data is warned of. `-` is standard input; pipes and devices are
/// read once too, and kept in memory as long as the reading lasts. Whatever starts like gzip is
/// unpacked, whatever its name. All documents together make one environment, in that order.
///
/// ## What is accepted
///
/// UTF-8 as RFC 3629 and JSON as RFC 8259 have it and nothing looser, with a byte-order mark or
/// without. Keys that nobody knows are skipped, but what they hold must be sound as well. A
/// document may lack one of the two lists, not both; the whole input must have both. Bounds:
/// nesting 64 deep, ids and tags of 64 KiB, keys of 1 KiB, numbers of 1,000 digits, other texts of
/// 16 Mi characters; gzip unpacked 400 times its size and 16 MB ([Gunzip]); all documents together,
/// unpacked, 16 times as many bytes as Java may use as memory ([Allowance]). A reading ends soon
/// when it is cancelled or its files change ([Abandonment]).
///
/// Each problem has its place. A problem with the meaning of an element does not end the reading of
/// its document; one with the JSON or the bytes does. The other documents are read in any case.
/// Problems that are alike are one, with the first three places. The first 20 errors in input
/// order, and the first 20 warnings of each kind, are listed; the others are counted
/// ([ProblemLog]).
///
/// ## How it is read
///
/// ```
///  paths ─ Inputs ─► Source ─ Utf8Stream ─► DocumentReader ─► Part ─ Assembly ─► Environment
///                                │               │ (JSON that is refused: JsonFault says why)
///                              Version       ProblemLog ─ Places ─► Problems
/// ```
///
/// Documents are read side by side, a large one in [Pieces]; what comes of it never depends on
/// that. While reading, places are byte offsets; [Places] finds lines and columns in a second pass,
/// when there is something to show.
@NullMarked
package io.surfacescan.importers.document;

import org.jspecify.annotations.NullMarked;

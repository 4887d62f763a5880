/// Reads the environment document: JSON with a list of VMs and a list of firewall rules.
///
/// ```json
/// {"vms":      [{"vm_id": "vm-a211de", "name": "jira_server", "tags": ["ci", "dev"]}],
///  "fw_rules": [{"fw_id": "fw-82af742", "source_tag": "ssh", "dest_tag": "dev"}]}
/// ```
///
/// ## What is accepted
///
/// UTF-8 as RFC 3629 and JSON as RFC 8259 have it and nothing looser, with a byte-order mark or
/// without. Keys that nobody knows are skipped, but what they hold must be sound as well. A
/// document may lack one of the two lists, not both; the whole input must have both. Bounds:
/// nesting 64 deep, ids and tags of 64 KiB, keys of 1 KiB, numbers of 1,000 digits, other texts of
/// 16 Mi characters; gzip unpacked 400 times its size and 16 MB
/// ([Gunzip][io.surfacescan.importers.json.Gunzip]); all documents together, unpacked, 16 times as
/// many bytes as Java may use as memory ([ReadLimit][io.surfacescan.importers.json.ReadLimit]). A
/// reading ends soon when it is cancelled or its files change
/// ([Abandonment][io.surfacescan.importers.json.Abandonment]).
///
/// Each problem has its place. A problem with the meaning of an element does not end the reading of
/// its document; one with the JSON or the bytes does. The other documents are read in any case.
/// Problems that are alike are one, with the first three places. The first 20 errors in input
/// order, and the first 20 warnings of each kind, are listed; the others are counted
/// ([ProblemLog][io.surfacescan.importers.json.ProblemLog]).
///
/// ## How it is read
///
/// ```
///  JsonCursor ─► DocumentReader ─► VmReader, RuleReader ─► Part ─ Assembly ─► Environment
/// ```
///
/// [DocumentReader] reads the object at the top, and [ElementReader] its VMs and rules key by key;
/// [ElementKeys] sees to keys that are no fields. A large document is read in [Pieces] side by
/// side, which gives the same [ParsedPart] as reading it in one.
@NullMarked
package io.surfacescan.importers.document;

import org.jspecify.annotations.NullMarked;

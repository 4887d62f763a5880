/// Exports of Google Cloud: what `gcloud compute … list --format=json` wrote, and exports of Cloud
/// Asset Inventory, as a [io.surfacescan.reachability.ReachabilityModel].
///
/// ```
///  files ─ GcpDocument ─► resources ─ Inventory ─► gates and links ─► ReachabilityModel
/// ```
///
/// | class | reads or makes |
/// |---|---|
/// | [GcpDocument] | one file, whichever command wrote it, as resources |
/// | [ResourceType] | what an object is, by its kind, its link or its keys |
/// | [Inventory] | the resources of all files by their links, each once |
/// | [Ancestry] | the folders and the organization that a project is in |
/// | [Endpoints] | instances and their interfaces with [GcpMarks] |
/// | [FirewallGates] | what firewall rules and firewall policies let pass, in the order of their evaluation |
/// | [NetworkLinks] | where networks, peerings, routes and Cloud NAT lead |
/// | [BalancerLinks] | where forwarding rules lead |
///
/// In a resource an empty text means that the export does not say. Resources are named by their
/// links without host and version, such as `projects/P/global/networks/N` ([Links]).
@NullMarked
package io.surfacescan.importers.gcp;

import org.jspecify.annotations.NullMarked;

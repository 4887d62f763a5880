/// Reads what `kubectl get … -o json` (or `yaml`) wrote, and manifests, into a
/// [io.surfacescan.reachability.ReachabilityModel].
///
/// ```
///  files ─ JsonDocuments, YamlDocuments ─► Node ─ Resources ─► facts ─ Clusters ─► ReachabilityModel
/// ```
///
/// [Node] is one resource as it stands in the file, without what nobody asks for. [Resources] takes
/// from each what matters, as soon as it is read; lists are never held as a whole. [Clusters] puts
/// it together when all is read, each [Cluster] by itself ([ClusterFolders] tells them apart):
///
/// * [Workloads]: the pods of one owner are one endpoint, `namespace/name[Kind]`.
/// * [Policies]: one gate each way, with the tiers of the Network Policy API before and behind
///   those of NetworkPolicy.
/// * [Gateways]: what lets the internet in, and to which ports of which pods.
///
/// What is not modelled is counted, and among the problems if it may hide an attacker.
@NullMarked
package io.surfacescan.importers.kubernetes;

import org.jspecify.annotations.NullMarked;

/// Exports of Amazon Web Services: what `aws ec2 describe-…` and its like wrote, as a
/// [io.surfacescan.reachability.ReachabilityModel].
///
/// ```
///  files ─ AwsDocument ─► resources ─ Inventory ─► AwsModel ─► ReachabilityModel
/// ```
///
/// | class | reads or makes |
/// |---|---|
/// | [AwsDocument] | one file, whichever command or collector wrote it, as resources |
/// | [Inventory] | the resources of all files by their ids, each once |
/// | [Sites] | which subnet, route table, network ACL and gateway an interface is behind |
/// | [Endpoints] | endpoints and their interfaces with [AwsMarks] |
/// | [GroupGates], [AclGates] | what security groups and network ACLs let pass |
/// | [VpcLinks], [TransitLinks], [BalancerLinks], [ServiceLinks] | where routes, gateways, balancers and endpoint services lead |
/// | [io.surfacescan.importers.cloud.Findings] | what `validate` says of the export: left out, absent, assumed, dangling |
///
/// In a resource an empty text means that the export does not say.
///
/// Ids are looked up in the folder of the file first, then everywhere, since an account's export
/// may be anonymised and another account's may hold what is shared with it.
@NullMarked
package io.surfacescan.importers.aws;

import org.jspecify.annotations.NullMarked;

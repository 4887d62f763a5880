/// Plans and states of Terraform and OpenTofu, what `terraform show -json` writes and raw states,
/// as a [io.surfacescan.reachability.ReachabilityModel].
///
/// ```
///  files ─ TerraformDocument ─► Snapshot ─ References ─► Section ─► facts of AWS ─► ReachabilityModel
/// ```
///
/// | class | reads or makes |
/// |---|---|
/// | [TerraformDocument] | one file as [JsonValue]s, without what says nothing about a network |
/// | [Snapshot] | its resources at one time: a state, a plan before, a plan after |
/// | [Configuration], [References] | what unknown values will be, by the names in their expressions |
/// | [ResourceIds] | what resources are called: their addresses |
/// | [Section] | the values of a resource or a block, known, unknown or secret |
/// | [TerraformNetwork], [TerraformTables], [TerraformAcls], [TerraformGateways] | VPCs and what is between them |
/// | [TerraformGroups], [TerraformTransit] | security groups, transit gateways |
/// | [TerraformCompute], [TerraformWorkloads], [TerraformBalancers] | what has network interfaces |
/// | [AzurePlan], [AzureLinks] | resources of Azure, and how they name each other |
/// | [GoogleFacts], [GoogleMachines], [GoogleBalancers] | those of Google Cloud |
/// | [SourcePlaces], [ModuleFolder], [BlockHeaders] | where resources are written |
/// | [LaidPlan], [ResourceMerge], [PlanOverlay] | plans laid over exports |
/// | [MisspeltAttributes] | what hand-written documents spell wrong |
/// | [UnreadTypes], [ResourceTypes] | what is not read, and whether that matters |
///
/// Whatever is known only after a plan is applied, and leads nowhere by its references, is assumed:
/// unknown allows are everything in reach, unknown denies nothing.
@NullMarked
package io.surfacescan.importers.terraform;

import org.jspecify.annotations.NullMarked;

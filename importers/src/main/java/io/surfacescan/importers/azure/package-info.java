/// Exports of Azure: what `az` writes, resources as the Resource Manager has them, and what the
/// Resource Graph answers.
///
/// ```
///  files ─► AzureDocument ─► AzureResource ─► AzureInventory ─► endpoints, gates, links
/// ```
///
/// | in Azure | in the model |
/// |---|---|
/// | a virtual machine with its interfaces | an endpoint of the machine's id |
/// | network security groups of subnets and interfaces | two gates each for every virtual network: rules by priority, the default ones last |
/// | admin rules of a Virtual Network Manager | a gate before these; what it always allows passes the groups too |
/// | a virtual network, a peering | a link |
/// | a route | takes addresses from the links of its subnets |
/// | a public address, a rule of a load balancer | a link from the internet |
///
/// Ids know no case: [AzureId#key] is what is compared.
@NullMarked
package io.surfacescan.importers.azure;

import org.jspecify.annotations.NullMarked;

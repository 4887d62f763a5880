/// What real clouds and clusters let through, in one neutral form. The way from there to an
/// environment of tags and rules is a package of its own.
///
/// ```
///  a source's reader ─► ReachabilityModel ─► lowering.Lowering ─► model.Environment ─► engine
///                              │
///                              └─► Explanation of one pair, gate by gate
/// ```
///
/// ## The model
///
/// An [Endpoint] is what people ask for: an instance, a workload, a load balancer. It has one
/// [NetworkInterface] or more, and whatever one of them may do, the endpoint may. An [Outside] is a
/// stretch of addresses that are nobody's: the internet, an office behind a tunnel.
///
/// An interface is told apart by its [Marks] (texts such as a label, a group, a subnet) and its
/// address. A [Selector] picks interfaces by these.
///
/// A first packet from an interface A to an interface B with a service passes if
///
/// 1. some [Link] leads from A to B with it: a route, a peering, a balancer to its targets;
/// 2. every [Gate] that guards A on the way out, and every one that guards B on the way in, lets it
///    pass, but for gates that B (or A) is exempt from.
///
/// A gate has [Tier]s of [GateRule]s, which allow, deny, or pass on to the next tier.
///
/// | source | link | gates |
/// |---|---|---|
/// | AWS | local route, peering, gateway, balancer | security groups both ways (any rule allows); one network ACL for each subnet both ways (first match), its own subnet exempt |
/// | Kubernetes | the cluster's network, gateways to their pods | both ways: admin tiers (first match, pass), policies (any rule allows, only for selected pods), baseline tier, else allowed |
/// | GCP | network, peering | both ways: hierarchical tiers, then rules by priority, denies first |
/// | Azure | virtual network, peering | both ways: the group of the subnet, and the group of the interface |
///
/// What an export leaves open is an [Selector.Unknown]: the most and the least that may be allowed
/// are both worked out, and what only the most has is *assumed*.
@NullMarked
package io.surfacescan.reachability;

import org.jspecify.annotations.NullMarked;

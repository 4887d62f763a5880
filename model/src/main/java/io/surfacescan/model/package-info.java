/// The environment as facts: virtual machines with tags, and firewall rules from tag to tag.
///
/// An [Environment] is columnar: no object per VM or rule is kept. VMs, tags and rules are named by
/// dense indexes that start at 0 and follow the input order; [Vm] and [FirewallRule] are views made
/// on demand. [EnvironmentBuilder] makes one from an input, and [EditedEnvironment] one from
/// another, sharing what [Edits] leave as it is.
///
/// Everything here is free of files, network, clock and formats. What was wrong with an input is a
/// [Problem], with its [Place] and its remedy.
@NullMarked
package io.surfacescan.model;

import org.jspecify.annotations.NullMarked;

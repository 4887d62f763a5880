/// Policies: what must never be, and what an environment holds against it.
///
/// ```
/// file ─► reading ─► Policy ─► checking (masks over the graph) ─► Findings ─► report
/// ```
///
/// A [io.surfacescan.policy.Policy] is a list of rules, each with a
/// [demand][io.surfacescan.policy.Demand]. A check of it gives a [io.surfacescan.policy.Verdict]
/// for each rule: how many VMs break it, exactly, and [findings][io.surfacescan.policy.Finding],
/// one for each cause.
///
/// This room holds facts alone: reading is in `reading`, the work in `checking`.
@NullMarked
package io.surfacescan.policy;

import org.jspecify.annotations.NullMarked;

/// The way from what clouds and clusters let through to an environment of tags and rules, and back:
/// [Lowering] makes the environment, [Lowered] knows which real rules are behind its rules.
///
/// [RuleRemovals] works out what is left without a real rule, again only where it is about
/// something ([RuleUses]); [Reach] is who can attack a VM then.
@NullMarked
package io.surfacescan.reachability.lowering;

import org.jspecify.annotations.NullMarked;

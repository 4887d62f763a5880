/// From a policy and an environment to findings.
///
/// Verdicts and counts come first, for all rules of a policy together, by
/// [masks][io.surfacescan.engine.GroupAttacks]. Paths and causes are looked for only where a rule
/// is broken.
@NullMarked
package io.surfacescan.policy.checking;

import org.jspecify.annotations.NullMarked;

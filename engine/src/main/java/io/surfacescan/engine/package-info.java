/// The compiled environment and the questions it answers.
///
/// The attack relation is closed over VMs, yet no edge between VMs is ever stored. [AttackGraph]
/// compiles an [io.surfacescan.model.Environment] in one pass through six ideas, one type each:
///
/// 1. [LiveRules]: a rule counts only if VMs carry both its tags.
/// 2. [VmClasses]: VMs with the same live tags are one class; all of them attack, and are attacked
///    by, the same VMs.
/// 3. [RoleGraph]: a tag is a *source role* and a *destination role*. A rule leads from a source
///    role to a destination role; a class leads from each of its destination roles to each of its
///    source roles, because an attacker that enters a VM through one tag may go on through another.
///    A attacks X exactly when a source role of A reaches a destination role of X.
/// 4. [Components]: roles that reach one another are one component; the rest is a directed acyclic
///    graph.
/// 5. [EngineOrder]: VMs whose source roles lie in the same components (an *out-atom*) appear in
///    the same surfaces, so they get neighbouring *ranks*: a surface is a short list of rank
///    intervals, [Ranks].
/// 6. [Ancestors]: per component, the out-atoms that reach it, as intervals under a memory budget,
///    and by a walk beyond.
///
/// Each question is one type that is its own answer: [AttackSurface], [VmsByHop], [AttackRoutes],
/// [Unreachable], [Chokepoints]. `vm`, `tag` and `rule` are the indexes of the environment; a
/// `rank` is a VM's place in the engine's order, the order of all answers.
///
/// Two environments, an environment and one with edits or two read apart, stand side by side in a
/// [Comparison], which [SurfaceChange], [SurfaceChanges], [SurfaceCause] and [NewDirectAttack] ask.
///
/// Everything is immutable once built and free of files, network, clock, formats and recursion.
@NullMarked
package io.surfacescan.engine;

import org.jspecify.annotations.NullMarked;
